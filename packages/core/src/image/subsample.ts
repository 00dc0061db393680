import type { Plane } from "./picture.ts";

/** Pixels that statistics of a whole picture look at. */
const mostPixels = 2 ** 16;

/**
 * Keeps every n-th row and column of a map with interleaved channels, so that about 2^16 pixels remain; smaller maps are
 * returned as they are. Maps of one size keep the same pixels.
 */
export function subsample<Values extends Float32Array | Uint8Array | Uint16Array>(
  { width, height }: Pick<Plane, "width" | "height">,
  values: Values,
  channels: number,
): Values {
  const step = Math.ceil(Math.sqrt((width * height) / mostPixels));
  if (step === 1) return values;
  const kept = values.slice(0, Math.ceil(width / step) * Math.ceil(height / step) * channels) as Values;
  let i = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      for (let c = 0; c < channels; c++) kept[i++] = values[(y * width + x) * channels + c];
    }
  }
  return kept;
}
