import type { Picture, SampleDepth } from "@kindling/core";
import { type IntegerPixels, integersOfPicture } from "@kindling/core/internal";

/** A picture in memory for training: red, green and blue as integers, and facts about them. */
export interface TrainingImage extends IntegerPixels {
  readonly channels: 3;
  readonly facts: ImageFacts;
}

/** Facts about a picture, computed once from its pixels. */
export interface ImageFacts {
  readonly width: number;
  readonly height: number;
  /** Smallest and largest sample of all channels, 0 to 1. */
  readonly min: number;
  readonly max: number;
  /** Mean of luma (0.299 R + 0.587 G + 0.114 B), 0 to 1. */
  readonly meanLuma: number;
}

/** Converts a picture to three channels, as networks need it: drops alpha, repeats grey. */
export function opaqueRgb({ width, height, channels, samples }: Picture): Picture {
  const rgb = new Float32Array(width * height * 3);
  const isGrey = channels < 3;
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = samples[from];
    rgb[to + 1] = samples[isGrey ? from : from + 1];
    rgb[to + 2] = samples[isGrey ? from : from + 2];
  }
  return { width, height, channels: 3, samples: rgb };
}

/** Converts a picture for training, at the depth of its file: that takes a quarter or half of the memory of floats. */
export function trainingImage(picture: Picture, depth: SampleDepth): TrainingImage {
  const { width, height, samples } = integersOfPicture(opaqueRgb(picture), depth);
  const white = samples instanceof Uint16Array ? 65535 : 255;
  let [min, max, luma] = [white, 0, 0];
  for (let i = 0; i < samples.length; i += 3) {
    const [r, g, b] = [samples[i], samples[i + 1], samples[i + 2]];
    min = Math.min(min, r, g, b);
    max = Math.max(max, r, g, b);
    luma += 0.299 * r + 0.587 * g + 0.114 * b;
  }
  const facts = { width, height, min: min / white, max: max / white, meanLuma: luma / (width * height * white) };
  return { width, height, channels: 3, samples, facts };
}
