import type { Steps } from "../flow/steps.ts";
import { boxMean } from "../image/box-mean.ts";
import type { Plane } from "../image/picture.ts";
import type { FramePyramid } from "../temporal/block-motion.ts";

/** A small turn and a shift: a point p of one picture lies at m + R (p - m) + (x, y) in another, with m the middle of both. */
export interface FramePlacement {
  /** In pixels, to the right and downwards. */
  readonly x: number;
  readonly y: number;
  /** Clockwise, in radians. */
  readonly angle: number;
}

/** Pixels searched in every direction on the least copy, of 24 to 48 pixels. */
const widestShift = 10;

/** Steps of Gauss and Newton at each size, at most. */
const mostIterations = 12;

/** Change in pixels below which a placement is found. */
const smallestStep = 0.005;

/** Residuals below this, in encoded values, are never taken for motion. */
const leastLimit = 0.01;

/** Pixels a step looks at, at most: a placement has three numbers. */
const mostPixels = 2 ** 17;

/**
 * Finds where a frame of a burst lies against another, from coarse to fine: a search for the shift on the least copies,
 * then Gauss-Newton steps for shift and turn at each size. What moved counts little: residuals are weighted by Tukey's
 * function of their median. Subpixel; turns up to some 5 degrees are found.
 *
 * Source: Lucas and Kanade, "An Iterative Image Registration Technique", IJCAI 1981, with robust weights.
 */
export function* alignFrame(reference: FramePyramid, frame: FramePyramid): Steps<FramePlacement> {
  const least = reference.length - 1;
  let placement = searchShift(reference[least], frame[least]);
  for (let level = least; level >= 0; level--) {
    if (level < least) placement = { x: 2 * placement.x, y: 2 * placement.y, angle: placement.angle };
    const [before, after] = [soften(reference[level]), soften(frame[level])];
    for (let i = 0; i < mostIterations; i++) {
      const step = improve(before, after, placement);
      if (!step) break;
      placement = { x: placement.x + step.x, y: placement.y + step.y, angle: placement.angle + step.angle };
      yield (least - level) / (least + 1);
      if (Math.hypot(step.x, step.y) + (Math.abs(step.angle) * reference[level].width) / 2 < smallestStep) break;
    }
  }
  return placement;
}

/** Blurs a plane a little: slopes are those of straight lines between pixels, which edges as sharp as a pixel are not. */
function soften({ width, height, values }: Plane): Plane {
  return { width, height, values: boxMean(values, width, height, 1) };
}

/** The whole shift with the least mean difference. */
function searchShift(reference: Plane, frame: Plane): FramePlacement {
  const { width, height } = reference;
  const reach = Math.min(widestShift, Math.floor(Math.min(width, height) / 3));
  let best = { x: 0, y: 0, cost: Number.POSITIVE_INFINITY };
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      let [sum, count] = [0, 0];
      for (let y = Math.max(0, -dy); y < Math.min(height, height - dy); y++) {
        for (let x = Math.max(0, -dx); x < Math.min(width, width - dx); x++, count++) {
          sum += Math.abs(reference.values[y * width + x] - frame.values[(y + dy) * width + x + dx]);
        }
      }
      // Of two equal shifts the smaller one.
      const cost = (sum / count) * (1 + 1e-4 * Math.hypot(dx, dy));
      if (cost < best.cost) best = { x: dx, y: dy, cost };
    }
  }
  return { x: best.x, y: best.y, angle: 0 };
}

/** One step of Gauss and Newton; nothing where the pictures are too even to tell. */
function improve(reference: Plane, frame: Plane, placement: FramePlacement): FramePlacement | undefined {
  const { width, height, values } = reference;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / mostPixels)));
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const [cosine, sine] = [Math.cos(placement.angle), Math.sin(placement.angle)];
  const rows: number[] = [];
  for (let y = 2; y < height - 2; y += step) {
    for (let x = 2; x < width - 2; x += step) {
      const [right, down] = [x - middleX, y - middleY];
      const turnedX = cosine * right - sine * down;
      const turnedY = sine * right + cosine * down;
      const [atX, atY] = [middleX + turnedX + placement.x, middleY + turnedY + placement.y];
      if (atX < 1 || atY < 1 || atX >= width - 2 || atY >= height - 2) continue;
      const residual = readBilinear(frame, atX, atY) - values[y * width + x];
      const slopeX = (readBilinear(frame, atX + 1, atY) - readBilinear(frame, atX - 1, atY)) / 2;
      const slopeY = (readBilinear(frame, atX, atY + 1) - readBilinear(frame, atX, atY - 1)) / 2;
      rows.push(residual, slopeX, slopeY, slopeX * -turnedY + slopeY * turnedX);
    }
  }
  if (rows.length < 400) return undefined;
  return solve(rows, 4.685 * 1.4826 * medianResidual(rows) + leastLimit);
}

/** Solves the weighted normal equations of rows of residual and derivatives by shift and turn. */
function solve(rows: readonly number[], limit: number): FramePlacement | undefined {
  let [xx, xy, xa, yy, ya, aa, x, y, a] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < rows.length; i += 4) {
    const [residual, byX, byY, byAngle] = [rows[i], rows[i + 1], rows[i + 2], rows[i + 3]];
    const share = residual / limit;
    if (Math.abs(share) >= 1) continue;
    const weight = (1 - share * share) ** 2;
    xx += weight * byX * byX;
    xy += weight * byX * byY;
    xa += weight * byX * byAngle;
    yy += weight * byY * byY;
    ya += weight * byY * byAngle;
    aa += weight * byAngle * byAngle;
    x -= weight * byX * residual;
    y -= weight * byY * residual;
    a -= weight * byAngle * residual;
  }
  const determinant = xx * (yy * aa - ya * ya) - xy * (xy * aa - ya * xa) + xa * (xy * ya - yy * xa);
  if (!(Math.abs(determinant) > 1e-18)) return undefined;
  return {
    x: (x * (yy * aa - ya * ya) - xy * (y * aa - ya * a) + xa * (y * ya - yy * a)) / determinant,
    y: (xx * (y * aa - ya * a) - x * (xy * aa - ya * xa) + xa * (xy * a - y * xa)) / determinant,
    angle: (xx * (yy * a - y * ya) - xy * (xy * a - y * xa) + x * (xy * ya - yy * xa)) / determinant,
  };
}

/** The median residual where there are edges: even areas agree wherever they lie. */
function medianResidual(rows: readonly number[]): number {
  const step = 4 * Math.max(1, Math.floor(rows.length / 4 / 8192));
  const slopeAt = (i: number) => Math.hypot(rows[i + 1], rows[i + 2]);
  let [slopes, count] = [0, 0];
  for (let i = 0; i < rows.length; i += step, count++) slopes += slopeAt(i);
  const sizes: number[] = [];
  for (let i = 0; i < rows.length; i += step) if (slopeAt(i) >= slopes / count) sizes.push(Math.abs(rows[i]));
  return sizes.sort((a, b) => a - b)[sizes.length >> 1] ?? 0;
}

function readBilinear({ width, values }: Plane, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const at = top * width + left;
  const upper = values[at] + (x - left) * (values[at + 1] - values[at]);
  const lower = values[at + width] + (x - left) * (values[at + width + 1] - values[at + width]);
  return upper + (y - top) * (lower - upper);
}
