import type { Picture } from "@kindling/core";
import {
  colourChannels,
  invertMatrix,
  multiplyMatrices,
  srgbTransfer,
  type Transfer,
  transferOfProfile,
} from "@kindling/core/internal";
import { putRows } from "./put-rows.ts";
import type { ScreenPixels } from "./screen-pixels.ts";

/** How a photo's numbers are converted for the screen. */
export interface DisplayColour {
  /** Colour space to label the pixels with. */
  readonly space: PredefinedColorSpace;
  /** Whether the photo's numbers are those of that space. */
  readonly isOwn: boolean;
  /** Converts a picture to pixels in that space. */
  readonly convert: (picture: Picture, pixels: ScreenPixels) => void;
}

/** Red, green and blue as XYZ under D50, one after the other. */
type Primaries = readonly number[];

// Source: the profiles published by the ICC for sRGB and by Apple for Display P3, both adapted to D50.
const srgbPrimaries: Primaries = [0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.7141];
const p3Primaries: Primaries = [0.51512, 0.2412, -0.00105, 0.29198, 0.69225, 0.04189, 0.1571, 0.06657, 0.78407];

/**
 * Chooses how photos with this profile are shown: sRGB and Display P3 unchanged, other profiles of primaries and curves
 * (Adobe RGB, ProPhoto) converted to Display P3, all other profiles treated as sRGB.
 *
 * Only for the screen: saved files keep their own numbers and profile.
 */
export function chooseDisplayColour(icc: Uint8Array | undefined): DisplayColour {
  const copyTo = (space: PredefinedColorSpace): DisplayColour => ({
    space,
    isOwn: true,
    convert: (picture, pixels) => putRows(picture, 0, pixels, { whiteBehind: false }),
  });
  const primaries = icc && readPrimaries(icc);
  if (!primaries) return copyTo("srgb");
  const transfer = transferOfProfile(icc);
  if (isLike(transfer, srgbTransfer)) {
    if (areAlike(primaries, srgbPrimaries)) return copyTo("srgb");
    if (areAlike(primaries, p3Primaries)) return copyTo("display-p3");
  }
  return {
    space: "display-p3",
    isOwn: false,
    convert: (picture, pixels) => convertToP3(picture, primaries, transfer, pixels),
  };
}

function readPrimaries(icc: Uint8Array): Primaries | undefined {
  if (icc.length < 132) return undefined;
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  const places = new Map<string, number>();
  for (let i = 0, at = 132; i < view.getUint32(128) && at + 12 <= icc.length; i++, at += 12) {
    places.set(String.fromCharCode(...icc.subarray(at, at + 4)), view.getUint32(at + 4));
  }
  const primaries = ["rXYZ", "gXYZ", "bXYZ"].flatMap((name) => {
    const at = places.get(name);
    if (at === undefined || at + 20 > icc.length) return [];
    return [8, 12, 16].map((offset) => view.getInt32(at + offset) / 65536);
  });
  return primaries.length === 9 ? primaries : undefined;
}

/** Profiles of one space differ in the last digits only; other spaces differ by more. */
function areAlike(a: Primaries, b: Primaries): boolean {
  return a.every((value, i) => Math.abs(value - b[i]) < 0.004);
}

function isLike(a: Transfer, b: Transfer): boolean {
  return [0.05, 0.2, 0.5, 0.8].every((value) => Math.abs(a.toLinear(value) - b.toLinear(value)) < 0.004);
}

const tableSize = 4096;

function convertToP3(picture: Picture, primaries: Primaries, transfer: Transfer, shown: ScreenPixels): void {
  const { samples, channels } = picture;
  if (colourChannels(picture) === 1) {
    putRows(picture, 0, shown, { whiteBehind: false });
    return;
  }
  const light = Float32Array.from({ length: tableSize + 1 }, (_, i) => transfer.toLinear(i / tableSize));
  const code = Uint8ClampedArray.from(
    { length: tableSize + 1 },
    (_, i) => 255 * srgbTransfer.fromLinear(i / tableSize),
  );
  const m = multiplyMatrices(invertMatrix(p3Primaries), primaries);
  const lightOf = (value: number) => light[Math.round(Math.min(Math.max(value, 0), 1) * tableSize)];
  const codeOf = (value: number) => code[Math.round(Math.min(Math.max(value, 0), 1) * tableSize)];
  for (let at = 0, from = 0; at < shown.length; at += 4, from += channels) {
    const r = lightOf(samples[from]);
    const g = lightOf(samples[from + 1]);
    const b = lightOf(samples[from + 2]);
    for (let c = 0; c < 3; c++) shown[at + c] = codeOf(m[c] * r + m[c + 3] * g + m[c + 6] * b);
    shown[at + 3] = channels === 4 ? 255 * samples[from + 3] : 255;
  }
}
