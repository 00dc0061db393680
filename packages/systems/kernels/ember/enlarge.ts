import {
  blue,
  blueDetail,
  coarseShare,
  columnShares,
  columns,
  fineShare,
  floatBytes,
  green,
  greenDetail,
  ownBlue,
  ownGreen,
  ownRed,
  red,
  redDetail,
  room,
  smallRows,
  vectorBytes,
} from "./rows";
import { interpolate } from "./vectors";

/**
 * Enlarges a row of a map of a smaller picture, bilinearly.
 *
 * @param length of the small rows, whose last value is repeated once.
 * @param share how far the row is from the upper one to the lower one of `smallRows`, 0 to 1.
 * @param to the plane it goes to.
 */
export function enlargeRow(length: i32, share: f32, count: i32, to: usize): void {
  const plane: usize = room * floatBytes;
  const lower = smallRows + plane;
  const between = lower + plane;
  const toLower = f32x4.splat(share);
  const end: usize = (length + 1) * floatBytes;
  for (let at: usize = 0; at < end; at += vectorBytes) {
    const above = v128.load(smallRows + at);
    const rise = f32x4.mul(toLower, f32x4.sub(v128.load(lower + at), above));
    v128.store(between + at, f32x4.add(above, rise));
  }
  for (let at: usize = 0; at < <usize>(count * floatBytes); at += vectorBytes) {
    v128.store(to + at, interpolate(between, v128.load(columns + at), v128.load(columnShares + at)));
  }
}

/**
 * Adds to the enlarged detail what a smaller picture does not hold of the photo's, less the shares of it that are noise: of grey (in
 * the place of the finest share) and of the colours (in that of the coarser one).
 *
 * The enlarged roots of the smaller picture lie in the places of the restored ones.
 */
export function addFinestDetail(count: i32): void {
  const third = f32x4.splat(<f32>1 / 3);
  for (let at: usize = 0; at < <usize>(count * floatBytes); at += vectorBytes) {
    const r = f32x4.sub(v128.load(ownRed + at), v128.load(red + at));
    const g = f32x4.sub(v128.load(ownGreen + at), v128.load(green + at));
    const b = f32x4.sub(v128.load(ownBlue + at), v128.load(blue + at));
    const ofColour = v128.load(coarseShare + at);
    const grey = f32x4.mul(f32x4.add(f32x4.add(r, g), b), third);
    const greyNoise = f32x4.mul(f32x4.sub(v128.load(fineShare + at), ofColour), grey);
    subtract(redDetail + at, greyNoise, f32x4.mul(ofColour, r));
    subtract(greenDetail + at, greyNoise, f32x4.mul(ofColour, g));
    subtract(blueDetail + at, greyNoise, f32x4.mul(ofColour, b));
  }
}

function subtract(detail: usize, greyNoise: v128, colourNoise: v128): void {
  v128.store(detail, f32x4.sub(v128.load(detail), f32x4.add(greyNoise, colourNoise)));
}
