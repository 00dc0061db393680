import type { Allocate, Refuse } from "./allocation-budget.ts";
import type { ElementType } from "./element-type.ts";
import type { PickleDialect, PickleValue } from "./pickle.ts";

/** A run of elements in one of the file's storages. */
export interface StorageReference {
  readonly kind: "storage";
  readonly type: ElementType;
  /** Names the storage in the file. */
  readonly key: string;
  /** First element of the run, and how many it has. */
  readonly begin: number;
  readonly count: number;
}

/** A strided tensor over a storage, not yet checked against it. */
export interface TensorReference {
  readonly kind: "tensor";
  readonly storage: StorageReference;
  /** In elements from the storage's first; strides likewise. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** A name that a PyTorch pickle may use. */
interface StorageType {
  readonly kind: "storage type";
  readonly type: ElementType;
}
interface Callable {
  readonly kind: "callable";
  readonly name: string;
}

/** What PyTorch's pickles hold beside plain data. */
export type TorchSpecial = StorageReference | TensorReference | StorageType | Callable;

/** Any value of a PyTorch pickle. */
export type TorchValue = PickleValue<TorchSpecial>;

/** Whether the value is a tensor. */
export function isTensor(value: TorchValue | undefined): value is TensorReference {
  return kindOf(value) === "tensor";
}

function kindOf(value: TorchValue | undefined): TorchSpecial["kind"] | undefined {
  return typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
}

const storageTypes: ReadonlyMap<string, ElementType> = new Map([
  ["torch.DoubleStorage", "float64"],
  ["torch.FloatStorage", "float32"],
  ["torch.HalfStorage", "float16"],
  ["torch.BFloat16Storage", "bfloat16"],
  ["torch.LongStorage", "int64"],
  ["torch.IntStorage", "int32"],
  ["torch.ShortStorage", "int16"],
  ["torch.CharStorage", "int8"],
  ["torch.ByteStorage", "uint8"],
  ["torch.BoolStorage", "bool"],
]);

const orderedDict = "collections.OrderedDict";
const rebuildParameter = "torch._utils._rebuild_parameter";
// The first is how PyTorch 0.3 and before wrote the same four arguments.
const rebuildTensor: ReadonlySet<string> = new Set(["torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2"]);

/**
 * The names, calls and persistent ids that a state dictionary needs, and nothing more.
 *
 * A pickle can name any program on the machine that reads it. Here a name is only looked up in a fixed list: storage
 * types, ordered dictionaries, tensors and parameters, each built as plain data.
 *
 * @param onStorage called for each reference to a storage, with the element type.
 */
export function torchDialect(
  allocate: Allocate,
  refuse: Refuse,
  onStorage: (storage: StorageReference) => void = () => {},
): PickleDialect<TorchSpecial> {
  return {
    global(module, name) {
      const path = `${module}.${name}`;
      const type = storageTypes.get(path);
      if (type) return { kind: "storage type", type };
      if (path === orderedDict || path === rebuildParameter || rebuildTensor.has(path)) {
        return { kind: "callable", name: path };
      }
      throw refuse(
        `its pickle names ${path.slice(0, 120)}; a pickle can name any program, so only tensors in plain dictionaries are read. ` +
          "Save the model's state_dict() in PyTorch and import that",
      );
    },
    call(callee, args) {
      if (kindOf(callee) !== "callable") throw refuse("its pickle calls what is not a known function");
      const { name } = callee as Callable;
      if (name === orderedDict) return createOrderedDict(args, allocate, refuse);
      if (rebuildTensor.has(name)) return tensorOf(args, refuse);
      const [data] = args;
      if (!isTensor(data)) throw refuse("its pickle has a parameter that is no tensor");
      return data;
    },
    persistent(id) {
      const storage = storageOf(id, refuse);
      onStorage(storage);
      return storage;
    },
  };
}

// A Map's share of memory for one pair, rounded up.
const pairBytes = 64;

/** Python 3 fills an empty OrderedDict afterwards; Python 2 calls it with a list of pairs. */
function createOrderedDict([pairs]: TorchValue[], allocate: Allocate, refuse: Refuse): Map<TorchValue, TorchValue> {
  const map = new Map<TorchValue, TorchValue>();
  if (pairs === undefined) return map;
  if (!Array.isArray(pairs)) throw refuse("its pickle makes a dictionary of what is no list");
  // One list may be recalled for any number of calls.
  allocate(pairs.length * pairBytes, "its pickle");
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) throw refuse("its pickle makes a dictionary of what are no pairs");
    map.set(pair[0], pair[1]);
  }
  return map;
}

function storageOf(id: TorchValue, refuse: Refuse): StorageReference {
  if (!Array.isArray(id) || id[0] !== "storage") throw refuse("its pickle refers to something that is no storage");
  const [, storageType, key, , count, view] = id;
  if (kindOf(storageType) !== "storage type" || !isKey(key) || !isCount(count)) {
    throw refuse("its pickle refers to a storage without type, name or size");
  }
  const { type } = storageType as StorageType;
  if (view === undefined || view === null) return { kind: "storage", type, key, begin: 0, count };
  // The legacy layout can refer to a part of a storage: (name, first element, elements).
  if (!Array.isArray(view) || !isCount(view[1]) || !isCount(view[2]))
    throw refuse(`the view of storage ${key} is malformed`);
  return { kind: "storage", type, key, begin: view[1], count: view[2] };
}

function tensorOf([storage, offset, shape, strides]: TorchValue[], refuse: Refuse): TensorReference {
  if (kindOf(storage) !== "storage" || !isCount(offset) || !isCounts(shape) || !isCounts(strides)) {
    throw refuse(
      `its pickle has a tensor without storage, offset, size or stride, or with more than ${mostDimensions} dimensions`,
    );
  }
  return { kind: "tensor", storage: storage as StorageReference, offset, shape, strides };
}

// Far beyond any layer's dimensions and any storage's key; a longer one, recalled thousands of times, would cost time each time.
const mostDimensions = 16;
const longestKey = 64;

function isCount(value: TorchValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isKey(value: TorchValue | undefined): value is string {
  return typeof value === "string" && value.length <= longestKey;
}

function isCounts(value: TorchValue | undefined): value is number[] {
  return Array.isArray(value) && value.length <= mostDimensions && value.every(isCount);
}
