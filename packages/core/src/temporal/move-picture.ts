import type { Steps } from "../flow/steps.ts";
import { createPicture, type Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { type BlockMotion, blockPx } from "./block-motion.ts";

/**
 * The frame before, moved to where its content is in the frame that the motion belongs to. Fractions of a pixel are
 * interpolated by Catmull-Rom splines, which blur less than straight lines do when repeated over many frames; what lies
 * outside repeats the border.
 */
export function* movePicture(previous: Picture, { columns, dx, dy }: BlockMotion): Steps<Picture> {
  const { width, height, channels } = previous;
  const moved = createPicture(width, height, channels);
  const rowLength = width * channels;
  yield* overRows(height, 4 * rowLength, (from, to) => {
    for (let y = from; y < to; y++) {
      const blockRow = Math.floor(y / blockPx) * columns;
      for (let column = 0; column < columns; column++) {
        const left = column * blockPx;
        const right = Math.min(left + blockPx, width);
        const block = blockRow + column;
        copyRun(previous, moved, y, left, right, dx[block], dy[block]);
      }
    }
  });
  return moved;
}

/** Copies pixels `left` to `right` (exclusive) of a row from where they were. */
function copyRun(
  previous: Picture,
  moved: Picture,
  y: number,
  left: number,
  right: number,
  dx: number,
  dy: number,
): void {
  const { width, height, channels, samples } = previous;
  const [wholeX, wholeY] = [Math.floor(dx), Math.floor(dy)];
  const [partX, partY] = [dx - wholeX, dy - wholeY];
  const rowAt = (row: number) => Math.min(Math.max(row, 0), height - 1) * width;
  if (partX === 0 && partY === 0) {
    const row = rowAt(y + wholeY);
    if (left + wholeX >= 0 && right + wholeX <= width) {
      const from = (row + left + wholeX) * channels;
      moved.samples.set(samples.subarray(from, from + (right - left) * channels), (y * width + left) * channels);
      return;
    }
  }
  const [weightsX, weightsY] = [splineWeights(partX), splineWeights(partY)];
  const rows = [-1, 0, 1, 2].map((tap) => rowAt(y + wholeY + tap));
  const count = right - left + 3;
  // First the four rows become one, then its pixels are interpolated.
  const line = scratch.subarray(0, count * channels);
  for (let i = 0; i < count; i++) {
    const column = Math.min(Math.max(left + wholeX - 1 + i, 0), width - 1);
    for (let c = 0; c < channels; c++) {
      const at = column * channels + c;
      line[i * channels + c] =
        weightsY[0] * samples[rows[0] * channels + at] +
        weightsY[1] * samples[rows[1] * channels + at] +
        weightsY[2] * samples[rows[2] * channels + at] +
        weightsY[3] * samples[rows[3] * channels + at];
    }
  }
  const target = (y * width + left) * channels;
  for (let i = 0; i < (right - left) * channels; i++) {
    const value =
      weightsX[0] * line[i] +
      weightsX[1] * line[i + channels] +
      weightsX[2] * line[i + 2 * channels] +
      weightsX[3] * line[i + 3 * channels];
    moved.samples[target + i] = Math.min(Math.max(value, 0), 1);
  }
}

const scratch = new Float64Array((blockPx + 3) * 4);

/** Weights of the four pixels around a place between the second and the third, 0 to 1 (Catmull-Rom). */
export function splineWeights(t: number): readonly [number, number, number, number] {
  return [
    (t * (-1 + t * (2 - t))) / 2,
    (2 + t * t * (-5 + 3 * t)) / 2,
    (t * (1 + t * (4 - 3 * t))) / 2,
    (t * t * (t - 1)) / 2,
  ];
}
