import { concatBytes, viewOf } from "./byte-list.ts";
import type { Resolution } from "./photo-metadata.ts";
import { type LooseField, layDirectory } from "./tiff-directory.ts";

/** The fields of TIFF and Exif that tell a resolution: two rationals, and the inch as their unit or none. */
export function resolutionFields(resolution: Resolution | undefined): LooseField[] {
  const { x, y } = resolution ?? { x: 1, y: 1 };
  const rational = (tag: number, value: number): LooseField => {
    const bytes = new Uint8Array(8);
    const denominator = Number.isInteger(value) ? 1 : 10000;
    viewOf(bytes).setUint32(0, Math.round(value * denominator), true);
    viewOf(bytes).setUint32(4, denominator, true);
    return { tag, type: 5, value: bytes, little: true };
  };
  const unit = { tag: 0x0128, type: 3, value: Uint8Array.of(resolution ? 2 : 1, 0), little: true };
  return [rational(0x011a, x), rational(0x011b, y), unit];
}

/** Exif that holds nothing but a resolution, for formats without a place of their own for it. */
export function exifOfResolution(resolution: Resolution): Uint8Array {
  const header = Uint8Array.of(0x49, 0x49, 42, 0, 8, 0, 0, 0);
  return concatBytes(header, layDirectory(resolutionFields(resolution), 8, true));
}
