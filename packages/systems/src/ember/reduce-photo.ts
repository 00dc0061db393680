import type { ModelTensor, Picture, Plane, Steps } from "@kindling/core";
import { areaFilter, createIntegerPicture, overRows } from "@kindling/core/internal";
import { emberOverviewPx } from "./facts.ts";
import { addRow, writePixels } from "./photo-rows.ts";
import { type RowKernel, rowKernel } from "./row-kernel.ts";

/** Reduces a whole photo by area to what the overview sees, [1, 3, 64, 64]; grey fills all three channels. */
export function* reduceToOverview(picture: Picture): Steps<ModelTensor> {
  const side = emberOverviewPx;
  const values = new Float32Array(3 * side ** 2);
  yield* reduceRows(picture, { width: side, height: side }, (y, rows) => {
    for (const [channel, row] of [rows.red, rows.green, rows.blue].entries()) {
      values.set(row.subarray(0, side), (channel * side + y) * side);
    }
  });
  return { shape: [1, 3, side, side], values };
}

/** Reduces a photo by area to an RGB picture whose sides are a part of its own, rounded up; it holds integers of 16 bits. */
export function* reducePhoto(picture: Picture, factor: number): Steps<Picture> {
  const [width, height] = [picture.width, picture.height].map((side) => Math.ceil(side / factor));
  const reduced = createIntegerPicture({ width, height, channels: 3 }, 65535);
  yield* reduceRows(picture, reduced, (y, rows) => writePixels(rows, reduced, y * width, width));
  return reduced;
}

/** @param take gets the rows of the reduced picture from the top, in the planes of red, green and blue. */
function* reduceRows(
  picture: Picture,
  { width, height }: Pick<Plane, "width" | "height">,
  take: (y: number, rows: RowKernel) => void,
): Steps<void> {
  const { taps, starts, weights } = areaFilter(picture.height, height);
  yield* overRows(height, taps * picture.width, (from, to) => {
    const rows = rowKernel(Math.max(picture.width, width));
    for (let y = from; y < to; y++) {
      for (let k = 0; k < taps; k++) addRow(rows, picture, starts[y] + k, weights[y * taps + k], k === 0);
      rows.reduceSums(picture.width, width, picture.channels);
      take(y, rows);
    }
  });
}
