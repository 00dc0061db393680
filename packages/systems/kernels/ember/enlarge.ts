import {
  between,
  blue,
  blueDetail,
  coarseShare,
  columnShares,
  columns,
  confidence,
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
  shareRows,
  smallMaps,
  vectorBytes,
} from "./rows";
import { smallRow } from "./small";
import { interpolate } from "./vectors";

/**
 * Enlarges the maps of a smaller picture to a row: its roots go to the places of the restored ones.
 *
 * @param upper index of the row above, `lower` of that below.
 * @param share how far the row is from the upper one to the lower one, 0 to 1.
 * @param length of the smaller rows.
 */
export function enlargeMaps(upper: i32, lower: i32, share: f32, length: i32, count: i32): void {
  const plane: usize = room * floatBytes;
  for (let map = 0; map < smallMaps; map++) {
    const to = map < 3 ? red + map * plane : map < 6 ? redDetail + (map - 3) * plane : confidence;
    enlargeRow(smallRow(upper, map), smallRow(lower, map), share, length, 0, count, to);
  }
}

/** Enlarges the shares of cells to a row; behind their last values they repeat these. */
export function enlargeShares(share: f32, length: i32, count: i32): void {
  const plane: usize = room * floatBytes;
  for (let map = 0; map < 2; map++) {
    const above = shareRows + 2 * map * plane;
    enlargeRow(above, above + plane, share, length, plane, count, fineShare + map * plane);
  }
}

/**
 * Enlarges a row bilinearly.
 *
 * @param length of the smaller rows, whose last value is repeated once.
 * @param tables offset of the tables of columns.
 */
function enlargeRow(above: usize, below: usize, share: f32, length: i32, tables: usize, count: i32, to: usize): void {
  const toBelow = f32x4.splat(share);
  const end: usize = (length + 1) * floatBytes;
  for (let at: usize = 0; at < end; at += vectorBytes) {
    const values = v128.load(above + at);
    const rise = f32x4.mul(toBelow, f32x4.sub(v128.load(below + at), values));
    v128.store(between + at, f32x4.add(values, rise));
  }
  for (let at: usize = 0; at < <usize>(count * floatBytes); at += vectorBytes) {
    const column = v128.load(columns + tables + at);
    v128.store(to + at, interpolate(between, column, v128.load(columnShares + tables + at)));
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
