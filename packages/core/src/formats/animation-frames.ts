import { hasAscii, viewOf } from "../metadata/byte-list.ts";

/** Frames of an animated PNG by its `acTL`, 1 for a still. Source: PNG third edition (W3C), 11.3.6. */
export function framesOfPng(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length && !hasAscii(bytes, at + 4, "IDAT"); at += 12 + view.getUint32(at)) {
    if (hasAscii(bytes, at + 4, "acTL")) return view.getUint32(at + 8);
  }
  return 1;
}

/** Frames of an animated WebP, 1 for a still. Source: RFC 9649. */
export function framesOfWebp(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let frames = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    if (hasAscii(bytes, at, "ANMF")) frames++;
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length & 1);
  }
  return Math.max(1, frames);
}
