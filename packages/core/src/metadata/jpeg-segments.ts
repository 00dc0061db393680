import { concatBytes, viewOf } from "./byte-list.ts";

/** Most bytes one JPEG segment can carry after its two length bytes. */
export const maxPayload = 65533;

/** A marker segment: what stands behind its length. */
export interface JpegSegment {
  readonly marker: number;
  readonly payload: Uint8Array;
}

/** The segments before the picture's scan begins. */
export function* headSegments(bytes: Uint8Array): Generator<JpegSegment> {
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const length = view.getUint16(at + 2);
    yield { marker: bytes[at + 1] ?? 0, payload: bytes.subarray(at + 4, at + 2 + length) };
    at += 2 + Math.max(length, 2);
  }
}

/** What stands behind the end of the picture; nothing where the picture is cut short. */
export function trailerOfJpeg(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const none = bytes.subarray(bytes.length);
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) {
      // Inside a scan: every other 0xff begins a marker.
      at = bytes.indexOf(0xff, at);
      if (at < 0) return none;
      continue;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return bytes.subarray(at + 2);
    const standsAlone = marker === 0 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (marker === 0xff) at++;
    else at += standsAlone ? 2 : 2 + Math.max(view.getUint16(at + 2), 2);
  }
  return none;
}

/** The bytes of a marker segment. */
export function jpegSegment(marker: number, ...payload: readonly Uint8Array[]): Uint8Array {
  const length = payload.reduce((sum, part) => sum + part.length, 2);
  return concatBytes(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), ...payload);
}
