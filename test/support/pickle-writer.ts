const encoder = new TextEncoder();

/** Bytes of pickle opcodes that leave one value on the stack. */
export type Opcodes = readonly number[];

export const none: Opcodes = [0x4e];

/** A text of fewer than 2^32 bytes. */
export function text(value: string): Opcodes {
  const bytes = encoder.encode(value);
  return [0x58, ...uint32(bytes.length), ...bytes];
}

/** An integer of at most 32 bits, or longer as LONG1. */
export function integer(value: number): Opcodes {
  if (value === (value | 0)) return [0x4a, ...uint32(value >>> 0)];
  const bytes: number[] = [];
  for (let rest = BigInt(value); rest > 0n; rest >>= 8n) bytes.push(Number(rest & 255n));
  return [0x8a, bytes.length + 1, ...bytes, 0];
}

export function tuple(...items: Opcodes[]): Opcodes {
  return [0x28, ...items.flat(), 0x74];
}

export function list(...items: Opcodes[]): Opcodes {
  return [0x5d, 0x28, ...items.flat(), 0x65];
}

export function dictionary(items: Readonly<Record<string, Opcodes>>): Opcodes {
  return [0x7d, 0x28, ...Object.entries(items).flatMap(([key, value]) => [...text(key), ...value]), 0x75];
}

/** A name to import, as `module name`. */
export function globalName(path: string): Opcodes {
  const [module, name] = path.split(" ");
  return [0x63, ...encoder.encode(`${module}\n${name}\n`)];
}

export function call(path: string, ...args: Opcodes[]): Opcodes {
  return [...globalName(path), ...tuple(...args), 0x52];
}

/** A whole pickle. */
export function pickle(value: Opcodes, protocol = 2): Uint8Array {
  return Uint8Array.from([0x80, protocol, ...value, 0x2e]);
}

/** A storage of `torch`, by its key; `view` is the legacy layout's last member. */
export function storage(type: string, key: string, count: number, view?: Opcodes): Opcodes {
  const id = [text("storage"), globalName(`torch ${type}`), text(key), text("cpu"), integer(count)];
  return [...tuple(...id, ...(view ? [view] : [])), 0x51];
}

/** What PyTorch writes for a tensor over a storage. */
export function tensor(of: Opcodes, shape: number[], strides: number[], offset = 0): Opcodes {
  const hooks = call("collections OrderedDict");
  const counts = (values: number[]) => tuple(...values.map(integer));
  return call("torch._utils _rebuild_tensor_v2", of, integer(offset), counts(shape), counts(strides), [0x89], hooks);
}

/** A file of the legacy layout. */
export function legacyFile(saved: Opcodes, storages: Readonly<Record<string, Float32Array>>): Uint8Array {
  const machine: Opcodes = [0x7d, ...text("little_endian"), 0x88, 0x73];
  const keys = Object.keys(storages);
  return joined([
    pickle([0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]),
    pickle(integer(1001)),
    pickle(machine),
    pickle(saved),
    pickle(list(...keys.map(text))),
    ...keys.flatMap((key) => [
      new Uint8Array(BigUint64Array.of(BigInt(storages[key].length)).buffer),
      new Uint8Array(storages[key].slice().buffer),
    ]),
  ]);
}

/** The parts, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function uint32(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}
