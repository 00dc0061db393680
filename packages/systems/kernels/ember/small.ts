import {
  blueDetail,
  cellSums,
  confidence,
  floatBytes,
  greenDetail,
  margin,
  redDetail,
  room,
  smallMaps,
  smallPlane,
  smallRows,
} from "./rows";
import { readChannel, readMap, writeMap } from "./samples";

/** What is found, -1 to 1, as words: so many steps to a unit, from the word that is 0. */
const foundSteps: f32 = 32767;
const foundZero: f32 = 32768;

/** Rounds what the analysis found of a row, the detail and the confidence, to the four maps. */
export function writeFound(count: i32): void {
  writeMap(count, redDetail, foundSteps, foundZero, 0);
  writeMap(count, greenDetail, foundSteps, foundZero, 1);
  writeMap(count, blueDetail, foundSteps, foundZero, 2);
  writeMap(count, confidence, foundSteps, foundZero, 3);
}

/** The first value of a map of a small row: three of roots, three of details, and the confidence. */
export function smallRow(index: i32, map: i32): usize {
  return smallRows + (index * smallMaps + map) * smallPlane + margin * floatBytes;
}

/** Reads a small row from the samples of an RGB picture and from what was found of it; its ends are repeated once. */
export function readSmallRow(index: i32, count: i32, form: i32): void {
  for (let map = 0; map < smallMaps; map++) {
    const to = smallRow(index, map);
    if (map < 3) readChannel(count, 3, form, map, to, true);
    else readMap(count, map - 3, foundSteps, foundZero, to);
    store<f32>(to - floatBytes, load<f32>(to));
    const last = to + (count - 1) * floatBytes;
    store<f32>(last + floatBytes, load<f32>(last));
  }
}

/**
 * Adds a small row to the sums of its cells of 8 px: the finest detail that is there times what of it is taken off, and its
 * energy, of grey and of what differs from grey in the colours.
 *
 * @param above and `own` and `below`: indexes of the row and of its neighbours.
 */
export function addCellSums(above: i32, own: i32, below: i32, count: i32): void {
  const third = f32x4.splat(<f32>1 / 3);
  const end = i32x4.splat(count);
  const plane: usize = room * floatBytes;
  for (let x = 0; x < count; x += 4) {
    const isInside = i32x4.lt_s(i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3)), end);
    const r = finest(above, own, below, 0, x);
    const g = finest(above, own, below, 1, x);
    const b = finest(above, own, below, 2, x);
    const redAdded = finest(above, own, below, 3, x);
    const greenAdded = finest(above, own, below, 4, x);
    const blueAdded = finest(above, own, below, 5, x);
    const present = f32x4.mul(f32x4.add(f32x4.add(r, g), b), third);
    const added = f32x4.mul(f32x4.add(f32x4.add(redAdded, greenAdded), blueAdded), third);
    const toRed = f32x4.sub(r, present);
    const toGreen = f32x4.sub(g, present);
    const toBlue = f32x4.sub(b, present);
    const ofRed = f32x4.mul(toRed, f32x4.sub(redAdded, added));
    const ofGreen = f32x4.mul(toGreen, f32x4.sub(greenAdded, added));
    const ofBlue = f32x4.mul(toBlue, f32x4.sub(blueAdded, added));
    const colourEnergy = f32x4.add(
      f32x4.add(f32x4.mul(toRed, toRed), f32x4.mul(toGreen, toGreen)),
      f32x4.mul(toBlue, toBlue),
    );
    const cell = cellSums + (x >> 3) * floatBytes;
    addLanes(cell, f32x4.neg(f32x4.mul(present, added)), isInside);
    addLanes(cell + plane, f32x4.mul(present, present), isInside);
    addLanes(cell + 2 * plane, f32x4.neg(f32x4.add(f32x4.add(ofRed, ofGreen), ofBlue)), isInside);
    addLanes(cell + 3 * plane, colourEnergy, isInside);
  }
}

/** What differs from the mean of the four neighbours, at four pixels from the column `x` on. */
function finest(above: i32, own: i32, below: i32, map: i32, x: i32): v128 {
  const at = x * floatBytes;
  const middle = smallRow(own, map) + at;
  const beside = f32x4.add(v128.load(middle - floatBytes), v128.load(middle + floatBytes));
  const across = f32x4.add(v128.load(smallRow(above, map) + at), v128.load(smallRow(below, map) + at));
  return f32x4.sub(v128.load(middle), f32x4.mul(f32x4.add(beside, across), f32x4.splat(0.25)));
}

function addLanes(sum: usize, values: v128, isInside: v128): void {
  const inside = v128.and(values, isInside);
  const pairs = f32x4.add(inside, i32x4.shuffle(inside, inside, 2, 3, 0, 1));
  store<f32>(sum, load<f32>(sum) + f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1));
}
