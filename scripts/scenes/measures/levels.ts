import { decodeSrgb, type Picture } from "@kindling/node";

/** A picture as its file of 8 bits has it: red, green and blue of each pixel, 0 to 255; grey counts as three equal. */
export interface Levels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8ClampedArray;
}

/** Rounds a picture to the levels of a file of 8 bits; transparency is left out. */
export function levelsOf({ width, height, channels, samples }: Picture): Levels {
  const rgb = new Uint8ClampedArray(3 * width * height);
  const step = channels < 3 ? 0 : 1;
  for (let i = 0, pixel = 0; i < rgb.length; i += 3, pixel += channels) {
    for (let c = 0; c < 3; c++) rgb[i + c] = Math.round(255 * samples[pixel + c * step]);
  }
  return { width, height, rgb };
}

const linearOfLevel = Float64Array.from({ length: 256 }, (_, level) => decodeSrgb(level / 255));

/** Luminance of the pixel whose red sample has the index `i`: linear light, 0 to 1 (Rec. 709 primaries). */
export function luminanceAt({ rgb }: Levels, i: number): number {
  return 0.2126 * linearOfLevel[rgb[i]] + 0.7152 * linearOfLevel[rgb[i + 1]] + 0.0722 * linearOfLevel[rgb[i + 2]];
}

/** Linear light of a sample of 0 to 255. */
export function linearLight(level: number): number {
  return linearOfLevel[level];
}

/** Luma of the pixel whose red sample has the index `i`, 0 to 255. */
export function lumaAt({ rgb }: Levels, i: number): number {
  return 0.299 * rgb[i] + 0.587 * rgb[i + 1] + 0.114 * rgb[i + 2];
}
