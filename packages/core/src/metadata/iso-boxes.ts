import { asciiBytes, concatBytes, viewOf } from "./byte-list.ts";

/** A box of an ISO base media file: its four-letter type and what it holds. */
export interface IsoBox {
  readonly type: string;
  readonly body: Uint8Array;
  /** Where the body begins in the bytes that were read. */
  readonly bodyAt: number;
}

/** The boxes that follow each other in the bytes; reading ends at the first that is damaged. Source: ISO 14496-12. */
export function isoBoxes(bytes: Uint8Array): IsoBox[] {
  const view = viewOf(bytes);
  const boxes: IsoBox[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at);
    // 0: to the end. 1, a size of 64 bits, is for films.
    const end = size === 0 ? bytes.length : at + size;
    if (size === 1 || end < at + 8 || end > bytes.length) break;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    boxes.push({ type, body: bytes.subarray(at + 8, end), bodyAt: at + 8 });
    at = end;
  }
  return boxes;
}

/** The bytes of a box. */
export function isoBox(type: string, ...body: readonly Uint8Array[]): Uint8Array {
  const bytes = concatBytes(new Uint8Array(4), asciiBytes(type), ...body);
  viewOf(bytes).setUint32(0, bytes.length);
  return bytes;
}

/** Big-endian numbers in a row, each of so many bytes: `bigEndian([2, 1], [4, 70000])`. */
export function bigEndian(...numbers: readonly (readonly [size: 1 | 2 | 4, value: number])[]): Uint8Array {
  return concatBytes(
    ...numbers.map(([size, value]) => Uint8Array.from({ length: size }, (_, i) => value >>> (8 * (size - 1 - i)))),
  );
}
