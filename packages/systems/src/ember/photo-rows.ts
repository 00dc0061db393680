import type { Picture } from "@kindling/core";
import { heldSamples } from "@kindling/core/internal";
import type { RowKernel } from "./row-kernel.ts";

type Samples = ReturnType<typeof heldSamples>["values"];

/** Reads the own roots, and the alpha, of `count` pixels of a picture from the pixel `start` on. */
export function readPixels(rows: RowKernel, picture: Picture, start: number, count: number): void {
  const { channels } = picture;
  const { values } = heldSamples(picture);
  place(rows, values).set(values.subarray(start * channels, (start + count) * channels));
  rows.readSamples(count, channels, values.BYTES_PER_ELEMENT);
}

/**
 * Reads the roots of `count` pixels of a picture from the pixel `start` on into a row of the window, from a column on.
 *
 * @param column negative to the left of the row's own pixels.
 */
export function readWindowRow(
  rows: RowKernel,
  picture: Picture,
  start: number,
  count: number,
  { index, column }: { readonly index: number; readonly column: number },
): void {
  const { channels } = picture;
  const { values } = heldSamples(picture);
  place(rows, values).set(values.subarray(start * channels, (start + count) * channels));
  rows.readWindowRow(index, column, count, channels, values.BYTES_PER_ELEMENT);
}

/** Reads a row of a reduced RGB picture, and what was found of it, into a small row of the kernel. */
export function readSmallRow(
  rows: RowKernel,
  picture: Picture,
  found: readonly Uint16Array[],
  y: number,
  index: number,
): void {
  const { width } = picture;
  const { values } = heldSamples(picture);
  place(rows, values).set(values.subarray(3 * y * width, 3 * (y + 1) * width));
  for (const [i, map] of found.entries()) rows.mapWords[i].set(map.subarray(y * width, (y + 1) * width));
  rows.readSmallRow(index, width, values.BYTES_PER_ELEMENT);
}

/** Adds a row of a picture, times a weight, to the sums of rows, which begin with the first. */
export function addRow(rows: RowKernel, picture: Picture, y: number, weight: number, isFirst: boolean): void {
  const count = picture.width * picture.channels;
  const { values } = heldSamples(picture);
  place(rows, values).set(values.subarray(y * count, (y + 1) * count));
  rows.addSamples(count, values.BYTES_PER_ELEMENT, weight, isFirst);
}

/** Writes encoded values into `count` pixels of a picture from the pixel `start` on, in the form that it holds. */
export function writePixels(rows: RowKernel, picture: Picture, start: number, count: number): void {
  const { channels } = picture;
  const { values } = heldSamples(picture);
  rows.writeSamples(count, channels, values.BYTES_PER_ELEMENT);
  values.set(place(rows, values).subarray(0, count * channels), start * channels);
}

/** Where samples of a form lie. */
function place({ samples }: RowKernel, values: Samples): Samples {
  if (values instanceof Float32Array) return samples.floats;
  return values instanceof Uint16Array ? samples.words : samples.bytes;
}
