import type { Steps } from "../flow/steps.ts";
import { boxMean } from "../image/box-mean.ts";
import { createPlane, type Plane } from "../image/picture.ts";

/** Side of a block in pixels. */
export const blockPx = 16;

/** Where each block of a frame was in the frame before it. */
export interface BlockMotion {
  readonly columns: number;
  readonly rows: number;
  /**
   * Pixels from the place of a block to where its content was before, to the right and downwards, one value a block, rows
   * from the top. Fractions are estimated to about a quarter of a pixel.
   */
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

/** A frame at several sizes, each half of the one before. */
export type FramePyramid = readonly Plane[];

/** Side of the blocks of reduced copies, which cover twice the area of those of the size above. */
const reducedBlockPx = 8;

/** Pixels searched in every direction on the least copy. */
const widestSearch = 3;

/**
 * What a vector must save, in mean differences of a pixel, for each pixel it leads away from what is expected: this, and by
 * chance the best of some vectors saves so many deviations of the noise, over the side of the block.
 */
const leastSaving = 0.0004;
const savedByChance = 0.4;

/** Motion of a frame that nothing is known of: none. */
export function noMotion({ width, height }: Pick<Plane, "width" | "height">): BlockMotion {
  const [columns, rows] = [Math.ceil(width / blockPx), Math.ceil(height / blockPx)];
  return { columns, rows, dx: new Float32Array(columns * rows), dy: new Float32Array(columns * rows) };
}

/**
 * Softens a plane by its mean over 3x3 pixels, against noise and jagged edges, and halves it by area until its short side is
 * below 48 pixels, five times at most.
 */
export function buildFramePyramid({ width, height, values }: Plane): FramePyramid {
  const soft = { width, height, values: boxMean(values, width, height, 1) };
  const levels = [soft];
  for (let last: Plane = soft; levels.length < 6 && Math.min(last.width, last.height) >= 48; ) {
    last = halve(last);
    levels.push(last);
  }
  return levels;
}

/**
 * Finds where the blocks of a frame were in the frame before: block matching from coarse to fine, by sums of absolute
 * differences of luma. Vectors that differ from those around them must save more than noise does, so that even areas and
 * noise keep the motion of their neighbourhood.
 *
 * @param noise standard deviation of the difference of two frames, in encoded values.
 */
export function* estimateMotion(previous: FramePyramid, current: FramePyramid, noise: number): Steps<BlockMotion> {
  let motion: BlockMotion | undefined;
  for (let level = current.length - 1; level >= 0; level--) {
    const [before, now] = [previous[level], current[level]];
    // The whole size and its half have the same blocks.
    const side = level === 0 ? blockPx : reducedBlockPx;
    const penalty = leastSaving + (savedByChance * noise) / side;
    motion = matchBlocks(before, now, side, motion, level, penalty);
    yield 1 - level / current.length;
  }
  return motion ?? noMotion(current[0]);
}

function matchBlocks(
  before: Plane,
  now: Plane,
  side: number,
  coarser: BlockMotion | undefined,
  level: number,
  penalty: number,
): BlockMotion {
  const [columns, rows] = [Math.ceil(now.width / side), Math.ceil(now.height / side)];
  const [dx, dy] = [new Float32Array(columns * rows), new Float32Array(columns * rows)];
  // Above the half size, a block has four of the next size; the half and the whole size share theirs.
  const ratio = level === 0 ? 1 : 2;
  for (let row = 0, block = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, block++) {
      const difference = (x: number, y: number) => blockDifference(before, now, column * side, row * side, side, x, y);
      const expected = coarser ? parentVectors(coarser, column, row, ratio) : [[0, 0] as const];
      const [homeX, homeY] = expected[0];
      const cost = (x: number, y: number) =>
        difference(x, y) + penalty * Math.min(Math.abs(x - homeX) + Math.abs(y - homeY), 4);
      let [bestX, bestY, best] = [homeX, homeY, difference(homeX, homeY)];
      const consider = (x: number, y: number) => {
        const found = cost(x, y);
        if (found >= best) return;
        [bestX, bestY, best] = [x, y, found];
      };
      for (const [x, y] of expected) consider(x, y);
      consider(0, 0);
      const reach = coarser ? 1 : widestSearch;
      const [middleX, middleY] = [bestX, bestY];
      for (let y = -reach; y <= reach; y++) {
        for (let x = -reach; x <= reach; x++) if (x !== 0 || y !== 0) consider(middleX + x, middleY + y);
      }
      dx[block] = bestX;
      dy[block] = bestY;
      if (level > 0) continue;
      const middle = difference(bestX, bestY);
      dx[block] += vertexOf(difference(bestX - 1, bestY), middle, difference(bestX + 1, bestY), penalty);
      dy[block] += vertexOf(difference(bestX, bestY - 1), middle, difference(bestX, bestY + 1), penalty);
    }
  }
  return { columns, rows, dx, dy };
}

/** Vectors of the block above and of its four neighbours, in pixels of this size. */
function parentVectors(
  coarser: BlockMotion,
  column: number,
  row: number,
  ratio: number,
): (readonly [number, number])[] {
  const [parentColumn, parentRow] = [Math.floor(column / ratio), Math.floor(row / ratio)];
  return [
    [0, 0],
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ].map(([right, down]) => {
    const x = Math.min(Math.max(parentColumn + right, 0), coarser.columns - 1);
    const y = Math.min(Math.max(parentRow + down, 0), coarser.rows - 1);
    const at = y * coarser.columns + x;
    return [2 * Math.round(coarser.dx[at]), 2 * Math.round(coarser.dy[at])] as const;
  });
}

/** The mean absolute difference of a block from the frame before, moved; what lies outside repeats the border. */
function blockDifference(
  before: Plane,
  now: Plane,
  left: number,
  top: number,
  side: number,
  dx: number,
  dy: number,
): number {
  const { width, height } = now;
  const [right, bottom] = [Math.min(left + side, width), Math.min(top + side, height)];
  // Of large blocks every second row does.
  const step = side > reducedBlockPx ? 2 : 1;
  const isInside = left + dx >= 0 && right + dx <= width;
  let [sum, count] = [0, 0];
  for (let y = top; y < bottom; y += step) {
    const from = Math.min(Math.max(y + dy, 0), height - 1) * width;
    const row = y * width;
    count += right - left;
    if (isInside) {
      for (let x = left; x < right; x++) sum += Math.abs(now.values[row + x] - before.values[from + x + dx]);
      continue;
    }
    for (let x = left; x < right; x++) {
      const place = Math.min(Math.max(x + dx, 0), width - 1);
      sum += Math.abs(now.values[row + x] - before.values[from + place]);
    }
  }
  return sum / count;
}

/**
 * The place of the least value between three neighbours: sums of absolute differences rise linearly on both sides. 0 where
 * they rise no more than noise makes them.
 */
function vertexOf(left: number, middle: number, right: number, noise: number): number {
  const rise = Math.max(left, right) - middle;
  if (rise <= 2 * noise) return 0;
  const place = (left - right) / (2 * rise);
  // Below an eighth of a pixel interpolation would blur more than it brings.
  return Math.abs(place) < 0.125 ? 0 : Math.min(Math.max(place, -0.5), 0.5);
}

function halve(plane: Plane): Plane {
  const { width, values } = plane;
  const half = createPlane(Math.floor(plane.width / 2), Math.floor(plane.height / 2));
  for (let y = 0, i = 0; y < half.height; y++) {
    for (let x = 0, at = 2 * y * width; x < half.width; x++, i++, at += 2) {
      half.values[i] = (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]) / 4;
    }
  }
  return half;
}
