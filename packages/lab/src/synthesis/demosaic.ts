import type { Plane } from "@kindling/core";
import type { Photosites } from "./mosaic.ts";

/** Pixels that the filters reach on each side. */
const reach = 2;

/**
 * Interpolates red, green and blue at each pixel of a Bayer mosaic.
 *
 * Malvar, He, Cutler, "High-quality linear interpolation for demosaicing of Bayer-patterned color images", ICASSP 2004:
 * bilinear interpolation, corrected by the second derivative of the colour that is known. Borders are mirrored. Constant
 * colours and linear gradients come out exact away from the borders. White balance comes first: the filters add up channels.
 *
 * @returns interleaved RGB, `3 * width * height` values.
 */
export function demosaic({ width, height, values }: Plane, filters: Photosites["filters"]): Float32Array {
  const stride = width + 2 * reach;
  const padded = padMirrored(values, width, height);
  const rgb = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const row = filters[y & 1];
    // Rows hold green and one other colour: red or blue.
    const other = row[0] === 1 ? row[1] : row[0];
    const opposite = 2 - other;
    for (let x = 0; x < width; x++) {
      const p = (y + reach) * stride + x + reach;
      const to = 3 * (y * width + x);
      const centre = padded[p];
      const beside = padded[p - 1] + padded[p + 1];
      const above = padded[p - stride] + padded[p + stride];
      const besideTwo = padded[p - 2] + padded[p + 2];
      const aboveTwo = padded[p - 2 * stride] + padded[p + 2 * stride];
      const diagonal =
        padded[p - stride - 1] + padded[p - stride + 1] + padded[p + stride - 1] + padded[p + stride + 1];
      if (row[x & 1] === 1) {
        rgb[to + 1] = centre;
        rgb[to + other] = (5 * centre + 4 * beside - besideTwo + aboveTwo / 2 - diagonal) / 8;
        rgb[to + opposite] = (5 * centre + 4 * above - aboveTwo + besideTwo / 2 - diagonal) / 8;
      } else {
        rgb[to + other] = centre;
        rgb[to + 1] = (4 * centre + 2 * (beside + above) - besideTwo - aboveTwo) / 8;
        rgb[to + opposite] = (6 * centre + 2 * diagonal - 1.5 * (besideTwo + aboveTwo)) / 8;
      }
    }
  }
  return rgb;
}

/** Adds two pixels on each side, mirrored about the border pixels, which keeps the order of the mosaic. */
function padMirrored(values: Float32Array, width: number, height: number): Float32Array {
  const stride = width + 2 * reach;
  const padded = new Float32Array(stride * (height + 2 * reach));
  const columns = Array.from({ length: stride }, (_, i) => mirror(i - reach, width));
  for (let y = -reach; y < height + reach; y++) {
    const from = mirror(y, height) * width;
    const to = (y + reach) * stride;
    for (let i = 0; i < stride; i++) padded[to + i] = values[from + columns[i]];
  }
  return padded;
}

function mirror(position: number, count: number): number {
  const within = position < 0 ? -position : position < count ? position : 2 * count - 2 - position;
  return Math.min(Math.max(within, 0), count - 1);
}
