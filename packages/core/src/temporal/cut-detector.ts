import { lumaOf } from "../colour/luma.ts";
import { type Steps, within } from "../flow/steps.ts";
import { areaReduce } from "../image/area-reduce.ts";
import { boxMean } from "../image/box-mean.ts";
import { createPlane, type Picture, type Plane } from "../image/picture.ts";

/** Size of the copies that are compared. */
const [columns, rows] = [48, 27];

/** Pixels of a copy that a camera may move between two frames: an eighth of the picture's width. */
const mostShift = 6;

/** Likeness below which a frame begins a shot, and share of the shot's usual likeness. */
const leastLikeness = 0.35;
const leastShare = 0.55;

/** Where neighbouring frames are usually no more alike than this, they are noise, which has no cuts. */
const leastUsual = 0.3;

/** Share of a new frame in the usual likeness. */
const renewal = 0.2;

/**
 * Finds the cuts of a clip: frames whose structure is not that of the frame before, whatever the light does. What is
 * compared are small copies, in logarithms, without their local mean: a lamp that is switched on and a camera that moves
 * leave edges where they were, or near; a cut does not.
 */
export class CutDetector {
  #before: Plane | undefined;
  /** Usual likeness of neighbouring frames of this shot; that of its first two, at the beginning. */
  #usual: number | undefined;

  /** Whether a frame begins a new shot; the first one does. */
  *beginsShot(frame: Picture): Steps<boolean> {
    const now = yield* within(0, 0.9, structureOf(frame));
    const before = this.#before;
    this.#before = now;
    if (!before) return true;
    const likeness = likenessOf(before, now);
    const usual = this.#usual ?? likeness;
    const isCut = likeness < leastLikeness && likeness < leastShare * usual && usual > leastUsual;
    this.#usual = isCut ? undefined : usual + renewal * (likeness - usual);
    return isCut;
  }
}

/** A small copy in logarithms without its local mean. */
function* structureOf(frame: Picture): Steps<Plane> {
  const small = yield* areaReduce(lumaOf(frame), columns, rows);
  for (let i = 0; i < small.values.length; i++) small.values[i] = Math.log(small.values[i] + 1 / 255);
  const means = boxMean(small.values, columns, rows, 3);
  const structure = createPlane(columns, rows);
  for (let i = 0; i < means.length; i++) structure.values[i] = small.values[i] - means[i];
  return structure;
}

/** The greatest correlation of both over small shifts. */
function likenessOf(before: Plane, now: Plane): number {
  let best = -1;
  for (let dy = -mostShift / 2; dy <= mostShift / 2; dy++) {
    for (let dx = -mostShift; dx <= mostShift; dx++) best = Math.max(best, correlation(before, now, dx, dy));
  }
  return best;
}

/** The correlation of two copies where they overlap, one shifted; that of two even pictures is 1. */
function correlation(before: Plane, now: Plane, dx: number, dy: number): number {
  let [both, first, second] = [0, 0, 0];
  for (let y = Math.max(0, -dy); y < Math.min(rows, rows - dy); y++) {
    for (let x = Math.max(0, -dx); x < Math.min(columns, columns - dx); x++) {
      const [a, b] = [now.values[y * columns + x], before.values[(y + dy) * columns + x + dx]];
      both += a * b;
      first += a * a;
      second += b * b;
    }
  }
  const least = 1e-5 * rows * columns;
  return (both + least) / Math.sqrt((first + least) * (second + least));
}
