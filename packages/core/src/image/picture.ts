import { KindlingError } from "../errors.ts";

/** How many samples a pixel has: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
export type ChannelCount = 1 | 2 | 3 | 4;

/**
 * A picture as plain data.
 *
 * `samples` holds `height * width * channels` values, rows from the top, pixels from the left, channels interleaved.
 * Values are 0 (black) to 1 (white) as encoded for display by the picture's own colour profile (sRGB if it has none);
 * alpha is straight, not premultiplied.
 */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelCount;
  readonly samples: Float32Array;
}

/** One value a pixel: a grey level, an illumination map, a mask. `height * width` values, rows from the top. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * Makes a black picture.
 *
 * @throws {KindlingError} `invalid-option` unless both sides are whole numbers of at least one pixel.
 * @example
 * // runs
 * const grey = createPicture(640, 480, 3);
 * grey.samples.fill(0.5);
 * grey.samples.length; // 921600
 */
export function createPicture(width: number, height: number, channels: ChannelCount): Picture {
  requireSize(width, height);
  return { width, height, channels, samples: new Float32Array(width * height * channels) };
}

/**
 * Makes a plane of zeros.
 *
 * @throws {KindlingError} `invalid-option` unless both sides are whole numbers of at least one pixel.
 * @example
 * // runs
 * const illumination = createPlane(640, 480);
 * illumination.values.length; // 307200
 */
export function createPlane(width: number, height: number): Plane {
  requireSize(width, height);
  return { width, height, values: new Float32Array(width * height) };
}

/** Samples of a pixel that carry colour: 1 for grey, 3 for RGB; alpha is not counted. */
export function colourChannels(picture: Picture): 1 | 3 {
  return picture.channels >= 3 ? 3 : 1;
}

/** Whether the picture has an alpha channel, its last one. */
export function hasAlpha(picture: Picture): boolean {
  return picture.channels === 2 || picture.channels === 4;
}

/**
 * Copies the alpha of the pixels `first` to `last` (exclusive), where there is alpha, to a picture of the same shape.
 */
export function copyAlpha(from: Picture, to: Picture, first: number, last: number): void {
  if (!hasAlpha(from)) return;
  const { channels, samples } = from;
  for (let i = first * channels + channels - 1; i < last * channels; i += channels) to.samples[i] = samples[i];
}

/**
 * Copies a picture; the copy shares no memory with the original.
 *
 * @example
 * // runs
 * const brighter = copyPicture(dark);
 * for (let i = 0; i < brighter.samples.length; i++) brighter.samples[i] = Math.min(1, 2 * brighter.samples[i]);
 */
export function copyPicture(picture: Picture): Picture {
  return { ...picture, samples: picture.samples.slice() };
}

function requireSize(width: number, height: number): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new KindlingError(
      "invalid-option",
      `A picture needs a whole number of pixels on each side, at least 1; got ${width} x ${height}.`,
    );
  }
}
