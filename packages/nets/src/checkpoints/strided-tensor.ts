import type { Allocate, Refuse } from "./allocation-budget.ts";
import { decodedBytes, decodeElements, storedBytes } from "./element-type.ts";
import { countOf, gather, type StoredTensor } from "./stored-tensor.ts";
import type { StorageReference, TensorReference } from "./torch-pickle.ts";

/**
 * Makes a function that reads tensor references as tensors with values in row-major order.
 *
 * Each storage is decoded once. Size, stride and offset are checked against the storage, and the memory against the
 * budget, before anything is allocated: a view of stride 0 may be larger than its storage.
 *
 * @param bytesOf gives the bytes of a storage by its key, undefined where the file has none.
 */
export function createTensorReader(
  bytesOf: (key: string) => Uint8Array | undefined,
  allocate: Allocate,
  refuse: Refuse,
): (name: string, tensor: TensorReference) => StoredTensor {
  const decoded = new Map<string, StoredTensor["values"]>();

  function elementsOf({ type, key }: StorageReference): StoredTensor["values"] {
    const known = decoded.get(`${type} ${key}`);
    if (known) return known;
    const bytes = bytesOf(key);
    if (!bytes) throw refuse(`it lacks the storage ${key}`);
    if (bytes.length % storedBytes(type) !== 0) throw refuse(`storage ${key} does not hold whole ${type} values`);
    allocate((bytes.length / storedBytes(type)) * decodedBytes(type), `storage ${key}`);
    const elements = decodeElements(type, bytes);
    decoded.set(`${type} ${key}`, elements);
    return elements;
  }

  return (name, { storage, offset, shape, strides }) => {
    if (shape.length !== strides.length) {
      throw refuse(`${name} has ${shape.length} dimensions and ${strides.length} strides`);
    }
    const count = countOf(shape);
    allocate(count * decodedBytes(storage.type), name);
    const elements = elementsOf(storage);
    if (storage.begin + storage.count > elements.length) {
      throw refuse(
        `storage ${storage.key} holds ${elements.length} values and should hold ${storage.begin + storage.count}`,
      );
    }
    const last = shape.reduce((index, side, axis) => index + (side - 1) * strides[axis], offset);
    if (count > 0 && last >= storage.count) {
      throw refuse(`${name} of shape [${shape.join(", ")}] leaves its storage of ${storage.count} values`);
    }
    return { shape, values: gather(elements, storage.begin + offset, shape, strides) };
  };
}
