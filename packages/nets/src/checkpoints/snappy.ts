import type { Allocate, Refuse } from "./allocation-budget.ts";
import { ByteCursor } from "./byte-cursor.ts";

/**
 * Decompresses one block of raw Snappy (the framing of google/snappy's `format_description.txt`, no stream header).
 *
 * @throws what `refuse` or `allocate` makes, where the block does not fill exactly the length it claims.
 */
export function inflateSnappy(block: Uint8Array, allocate: Allocate, refuse: Refuse): Uint8Array {
  const cursor = new ByteCursor(block, refuse);
  const length = cursor.varint();
  allocate(length, "a Snappy block");
  const out = new Uint8Array(length);
  let filled = 0;
  while (cursor.left > 0) {
    const tag = cursor.uint8();
    if ((tag & 3) === 0) {
      const literal = cursor.take(literalLength(tag >> 2, cursor));
      if (literal.length > length - filled) throw refuse("a Snappy block holds more than it claims");
      out.set(literal, filled);
      filled += literal.length;
    } else {
      const { count, distance } = copyOf(tag, cursor);
      if (distance < 1 || distance > filled || count > length - filled) throw refuse("a Snappy copy leaves its block");
      // Byte by byte: a copy may overlap what it writes, which repeats a run.
      for (const end = filled + count; filled < end; filled++) out[filled] = out[filled - distance];
    }
  }
  if (filled !== length) throw refuse(`a Snappy block holds ${filled} bytes of the ${length} it claims`);
  return out;
}

function literalLength(code: number, cursor: ByteCursor): number {
  if (code < 60) return code + 1;
  let length = 1;
  for (let byte = 0; byte < code - 59; byte++) length += cursor.uint8() * 2 ** (8 * byte);
  return length;
}

function copyOf(tag: number, cursor: ByteCursor): { count: number; distance: number } {
  if ((tag & 3) === 1) return { count: ((tag >> 2) & 7) + 4, distance: ((tag >> 5) << 8) | cursor.uint8() };
  return { count: (tag >> 2) + 1, distance: (tag & 3) === 2 ? cursor.uint16() : cursor.uint32() };
}
