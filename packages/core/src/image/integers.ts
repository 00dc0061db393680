import type { SampleDepth } from "./photo.ts";
import type { ChannelCount, Picture } from "./picture.ts";

/** Pixels as files hold them: rows from the top, channels interleaved, 0 to 255 or 0 to 65535. */
export interface IntegerPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelCount;
  readonly samples: Uint8Array | Uint16Array;
}

/** Samples in the form that a picture holds them in. */
export interface HeldSamples {
  /** Floats, or a file's integers. */
  readonly values: Float32Array | IntegerPixels["samples"];
  /** `values[i] * step` is a sample, 0 to 1. */
  readonly step: number;
}

/** The integers of pictures whose floats nobody has asked for. */
const heldIntegers = new WeakMap<Picture, IntegerPixels["samples"]>();

/**
 * A picture of a file's integers; 16-bit arrays count to 65535, others to 255. It keeps the integers, a quarter or half of
 * the memory of floats, until its `samples` are read, also by `{ ...picture }`: from then on it holds floats. Code for large
 * photos reads `heldSamples` instead. The picture owns the integers from now on.
 */
export function pictureOfIntegers({ width, height, channels, samples: given }: IntegerPixels): Picture {
  let floats: Float32Array | undefined;
  const picture: Picture = {
    width,
    height,
    channels,
    get samples() {
      floats ??= floatsOf(heldSamples(picture));
      heldIntegers.delete(picture);
      return floats;
    },
  };
  // Node's Buffer is a Uint8Array whose slice is no copy.
  const samples = given instanceof Uint16Array ? given : new Uint8Array(given.buffer, given.byteOffset, given.length);
  heldIntegers.set(picture, samples);
  return picture;
}

/** A black picture of integers that count to `levels`. */
export function createIntegerPicture(
  { width, height, channels }: Pick<Picture, "width" | "height" | "channels">,
  levels: 255 | 65535,
): Picture {
  const length = width * height * channels;
  const samples = levels === 255 ? new Uint8Array(length) : new Uint16Array(length);
  return pictureOfIntegers({ width, height, channels, samples });
}

/**
 * The samples of a picture without making floats of its integers.
 *
 * @example
 * // runs
 * const { values, step } = heldSamples(pictureOfIntegers({ width: 1, height: 1, channels: 1, samples: Uint8Array.of(51) }));
 * values[0] * step; // 0.2
 */
export function heldSamples(picture: Picture): HeldSamples {
  const integers = heldIntegers.get(picture);
  return integers ? { values: integers, step: 1 / whiteOf(integers) } : { values: picture.samples, step: 1 };
}

/**
 * The integers nearest to a picture's samples, halves upwards; values outside 0 to 1 are clipped. Of a picture that holds
 * integers of this depth they are its own, not a copy.
 */
export function integersOfPicture(picture: Picture, depth: SampleDepth): IntegerPixels {
  const { width, height, channels } = picture;
  const held = heldIntegers.get(picture);
  if (held && (held instanceof Uint16Array ? 16 : 8) === depth) return { width, height, channels, samples: held };
  const { samples } = picture;
  const integers = depth === 16 ? new Uint16Array(samples.length) : new Uint8Array(samples.length);
  writeIntegers(samples, integers);
  return { width, height, channels, samples: integers };
}

function whiteOf(integers: IntegerPixels["samples"]): number {
  return integers instanceof Uint16Array ? 65535 : 255;
}

function floatsOf({ values, step }: HeldSamples): Float32Array {
  const floats = new Float32Array(values.length);
  // As float32 the product is the quotient, for every integer of either depth, at a third of the time.
  for (let i = 0; i < floats.length; i++) floats[i] = values[i] * step;
  return floats;
}

function writeIntegers(samples: Float32Array, integers: IntegerPixels["samples"]): void {
  const white = whiteOf(integers);
  for (let i = 0; i < samples.length; i++) integers[i] = Math.min(Math.max(samples[i], 0), 1) * white + 0.5;
}
