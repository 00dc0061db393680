import type { Steps } from "../flow/steps.ts";
import { createPicture, createPlane, type Picture, type Plane } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { type BlockMotion, blockPx } from "../temporal/block-motion.ts";
import { splineWeights } from "../temporal/move-picture.ts";
import type { FramePlacement } from "./align-frame.ts";

/** A frame seen from where another was taken. */
export interface PlacedFrame {
  readonly picture: Picture;
  /** 1 where the frame has the place, 0 beyond its borders. */
  readonly inside: Plane;
}

/**
 * Brings a frame to the place of another: each pixel moves by its block, then by the placement, and is read once, by
 * Catmull-Rom splines, so that nothing is blurred twice.
 *
 * @param motion of the blocks beside the placement, such as that of what is near.
 */
export function* placeFrame(frame: Picture, placement: FramePlacement, motion: BlockMotion): Steps<PlacedFrame> {
  const { width, height, channels } = frame;
  const picture = createPicture(width, height, channels);
  const inside = createPlane(width, height);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const [cosine, sine] = [Math.cos(placement.angle), Math.sin(placement.angle)];
  yield* overRows(height, 6 * width * channels, (from, to) => {
    for (let y = from; y < to; y++) {
      const blockRow = Math.floor(y / blockPx) * motion.columns;
      for (let x = 0; x < width; x++) {
        const block = blockRow + Math.floor(x / blockPx);
        const [right, down] = [x + motion.dx[block] - middleX, y + motion.dy[block] - middleY];
        const atX = middleX + cosine * right - sine * down + placement.x;
        const atY = middleY + sine * right + cosine * down + placement.y;
        const i = y * width + x;
        inside.values[i] = atX >= 0 && atY >= 0 && atX <= width - 1 && atY <= height - 1 ? 1 : 0;
        readSpline(frame, atX, atY, picture.samples, i * channels);
      }
    }
  });
  return { picture, inside };
}

/** Reads a pixel at any place; what lies outside repeats the border. */
function readSpline(
  { width, height, channels, samples }: Picture,
  x: number,
  y: number,
  target: Float32Array,
  at: number,
) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [across, down] = [splineWeights(x - left), splineWeights(y - top)];
  const isWithin = left >= 1 && left < width - 2;
  for (let c = 0; c < channels; c++) {
    let value = 0;
    for (let tap = 0; tap < 4; tap++) {
      const row = Math.min(Math.max(top - 1 + tap, 0), height - 1) * width;
      if (isWithin) {
        const first = (row + left - 1) * channels + c;
        value +=
          down[tap] *
          (across[0] * samples[first] +
            across[1] * samples[first + channels] +
            across[2] * samples[first + 2 * channels] +
            across[3] * samples[first + 3 * channels]);
        continue;
      }
      for (let k = 0; k < 4; k++) {
        const column = Math.min(Math.max(left - 1 + k, 0), width - 1);
        value += down[tap] * across[k] * samples[(row + column) * channels + c];
      }
    }
    target[at + c] = Math.min(Math.max(value, 0), 1);
  }
}
