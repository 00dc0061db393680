import { KindlingError } from "@kindling/core";
import { unzipSync } from "fflate";
import { type Allocate, createAllocationBudget, type Refuse } from "./allocation-budget.ts";
import { ByteCursor } from "./byte-cursor.ts";
import { type ElementType, storedBytes } from "./element-type.ts";
import { unpickle } from "./pickle.ts";
import { tensorsByName } from "./state-dict.ts";
import type { StoredTensor } from "./stored-tensor.ts";
import { createTensorReader } from "./strided-tensor.ts";
import { type TorchValue, torchDialect } from "./torch-pickle.ts";

/** Whether the bytes begin like a zip archive, PyTorch's layout since 1.6. */
export function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, i) => bytes[i] === byte);
}

/** Whether the bytes begin like a pickle of protocol 2 or later, PyTorch's layout before 1.6. */
export function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
}

/**
 * Reads what `torch.save` wrote (`.pth`, `.pt`, `.tar`), in the zip or the legacy layout, without executing anything.
 *
 * A state dictionary is looked for at the top and under the usual keys (`state_dict`, `model`, `params` and the like);
 * nested names are joined with dots and prefixes such as `module.` are kept. Views are made whole, in row-major order.
 *
 * @param file names the file in errors.
 * @throws {KindlingError} `invalid-model` where the file is damaged, big-endian, holds no tensor, claims more than its
 *   size can justify, or names anything beyond tensors in plain dictionaries (a whole pickled model, for one).
 */
export function readPytorch(bytes: Uint8Array, file: string): Map<string, StoredTensor> {
  const refuse: Refuse = (reason, options) =>
    new KindlingError("invalid-model", `${file}: not a PyTorch file Kindling can read: ${reason}.`, options);
  const allocate = createAllocationBudget(bytes.length, refuse);
  const { saved, storages } = (isZip(bytes) ? readZipLayout : readLegacyLayout)(bytes, allocate, refuse);
  const read = createTensorReader((key) => storages.get(key), allocate, refuse);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensorsByName(saved, allocate, refuse)) tensors.set(name, read(name, tensor));
  return tensors;
}

interface Contents {
  readonly saved: TorchValue;
  readonly storages: ReadonlyMap<string, Uint8Array>;
}

/** The zip layout: `<name>/data.pkl`, and each storage as `<name>/data/<key>`. */
function readZipLayout(bytes: Uint8Array, allocate: Allocate, refuse: Refuse): Contents {
  const entries = unzip(bytes, allocate, refuse);
  const pickles = [...entries.keys()].filter((name) => /(^|\/)data\.pkl$/.test(name));
  if (pickles.length !== 1) throw refuse(`it is a zip archive with ${pickles.length} files named data.pkl, not one`);
  const root = pickles[0].slice(0, -"data.pkl".length);

  const order = entries.get(`${root}byteorder`);
  if (order && new TextDecoder().decode(order) !== "little") throw refuse("it was written on a big-endian machine");
  const storages = new Map<string, Uint8Array>();
  for (const [name, data] of entries) {
    if (name.startsWith(`${root}data/`)) storages.set(name.slice(`${root}data/`.length), data);
  }
  const pickle = new ByteCursor(entries.get(pickles[0])!, refuse);
  return { saved: unpickle(pickle, torchDialect(allocate, refuse), allocate), storages };
}

function unzip(bytes: Uint8Array, allocate: Allocate, refuse: Refuse): Map<string, Uint8Array> {
  try {
    const entries = unzipSync(bytes, {
      filter({ name, size, originalSize }) {
        // Each name takes memory, and a hostile directory can list the same bytes any number of times.
        allocate(64 + name.length, "its zip directory");
        if (!/(^|\/)(data\.pkl|byteorder|data\/\w+)$/.test(name)) return false;
        allocate(Math.max(size, originalSize), `its entry ${name}`);
        return true;
      },
    });
    return new Map(Object.entries(entries));
  } catch (cause) {
    if (cause instanceof KindlingError) throw cause;
    throw refuse("its zip archive is damaged", { cause });
  }
}

// "PyTorch" is nowhere in it; the number is torch.serialization.MAGIC_NUMBER.
const legacyMagic = 0x1950a86a20f9469cfc6cn;
const legacyProtocol = 1001;

/**
 * The legacy layout: pickles of a magic number, a protocol, the machine, the object and its storages' keys, then the
 * storages.
 */
function readLegacyLayout(bytes: Uint8Array, allocate: Allocate, refuse: Refuse): Contents {
  const cursor = new ByteCursor(bytes, refuse);
  const types = new Map<string, ElementType>();
  const dialect = torchDialect(allocate, refuse, ({ key, type }) => types.set(key, type));
  const next = () => unpickle(cursor, dialect, allocate);

  if (next() !== legacyMagic) throw refuse("it is a pickle without PyTorch's magic number");
  const protocol = next();
  if (protocol !== legacyProtocol) throw refuse(`its legacy protocol is ${protocol}, not ${legacyProtocol}`);
  const machine = next();
  if (!(machine instanceof Map) || machine.get("little_endian") !== true) {
    throw refuse("it was written on a big-endian machine");
  }
  const saved = next();
  const keys = next();
  if (!Array.isArray(keys)) throw refuse("its storages have no list of keys");

  const storages = new Map<string, Uint8Array>();
  for (const key of keys) {
    const type = typeof key === "string" ? types.get(key) : undefined;
    if (typeof key !== "string" || !type) throw refuse("it lists a storage that no tensor refers to");
    storages.set(key, cursor.take(cursor.uint64() * storedBytes(type)));
  }
  return { saved, storages };
}
