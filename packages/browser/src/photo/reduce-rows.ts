import { createPicture, type Picture } from "@kindling/core";
import { type PixelRows, stripRows } from "./unpack.ts";

/**
 * Reduces an unpacked photo: each pixel is the mean of the area it covers, partly covered pixels weighted by their
 * share, in the photo's own encoding. One pass over the rows, so that only the small picture is held as floats.
 *
 * @param width of the result, at most the photo's; `height` likewise.
 */
export function reduceRows(photo: PixelRows, width: number, height: number): Picture {
  const { channels, stride } = photo;
  const reduced = createPicture(width, height, channels);
  const columns = computeShares(photo.width, width);
  const rows = computeShares(photo.height, height);
  const line = new Float32Array(width * channels);
  const lineLength = photo.width * stride;
  const scale = (width * height) / (photo.width * photo.height * photo.white);

  for (let top = 0; top < photo.height; top += stripRows) {
    const bottom = Math.min(top + stripRows, photo.height);
    const samples = photo.rows(top, bottom);
    for (let y = top; y < bottom; y++) {
      line.fill(0);
      let at = (y - top) * lineLength;
      for (let x = 0; x < photo.width; x++, at += stride) {
        const into = columns.first[x] * channels;
        const share = columns.share[x];
        for (let c = 0; c < channels; c++) line[into + c] += share * samples[at + c];
        if (share === 1) continue;
        for (let c = 0; c < channels; c++) line[into + channels + c] += (1 - share) * samples[at + c];
      }
      addLine(reduced, line, rows.first[y], rows.share[y] * scale);
      if (rows.share[y] < 1) addLine(reduced, line, rows.first[y] + 1, (1 - rows.share[y]) * scale);
    }
  }
  return reduced;
}

/** For each input along an axis: the first output it falls into, and its share there; the rest falls into the next. */
function computeShares(inputs: number, outputs: number): { first: Int32Array; share: Float32Array } {
  const first = new Int32Array(inputs);
  const share = new Float32Array(inputs);
  for (let i = 0; i < inputs; i++) {
    first[i] = Math.floor((i * outputs) / inputs);
    // Where output `first` ends, in input pixels; input i covers i to i + 1. The last output ends at the border.
    const boundary = ((first[i] + 1) * inputs) / outputs;
    share[i] = first[i] === outputs - 1 ? 1 : Math.min(1, boundary - i);
  }
  return { first, share };
}

function addLine(picture: Picture, line: Float32Array, row: number, weight: number): void {
  const at = row * line.length;
  for (let i = 0; i < line.length; i++) picture.samples[at + i] += weight * line[i];
}
