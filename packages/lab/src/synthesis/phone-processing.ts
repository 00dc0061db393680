import { decodeSrgb, type Picture } from "@kindling/core";
import { boxMean, colourChannels } from "@kindling/core/internal";
import type { CameraSettings } from "./camera-settings.ts";

/** Weights of luma, ITU-R BT.601. */
const [redWeight, greenWeight, blueWeight] = [0.299, 0.587, 0.114];

/** Steps of encoded brightness for which the noise is worked out. */
const levels = 256;

/**
 * Reduces noise and sharpens as phones do: luma lightly, colour strongly, edges kept where they stand out of the noise.
 *
 * Noise reduction is a guided filter (He, Sun, Tang, ECCV 2010) of each plane by itself, with an epsilon that follows the
 * noise at each brightness; it leaves blotches in place of grain, as phones do. Sharpening is an unsharp mask of luma.
 *
 * @param picture grey or RGB, encoded; changed in place. Values may leave 0 to 1.
 * @param encode the tone curve in use, which says how strongly noise shows.
 */
export function processAsPhone(picture: Picture, camera: CameraSettings, encode: (light: number) => number): void {
  const { lumaDenoising, chromaDenoising, sharpening } = camera.processing;
  const { width, height, channels, samples } = picture;
  const reduces = camera.noise.a + camera.noise.b > 0 && lumaDenoising + chromaDenoising > 0;
  if (!reduces && sharpening === 0) return;
  const isGrey = colourChannels(picture) === 1;
  const luma = new Float32Array(width * height);
  for (let i = 0, s = 0; i < luma.length; i++, s += channels) {
    luma[i] = isGrey ? samples[s] : redWeight * samples[s] + greenWeight * samples[s + 1] + blueWeight * samples[s + 2];
  }
  let clean: Float32Array = luma;
  const noise = reduces ? noiseOfLevels(camera, encode) : new Float32Array(levels);
  if (reduces && lumaDenoising > 0) {
    const radius = 1 + Math.round(2 * lumaDenoising);
    clean = smoothByVariance(luma, luma, width, height, radius, noise, 3 * lumaDenoising ** 2);
  }
  const sharp = sharpening > 0 ? sharpen(clean, width, height, sharpening) : clean;
  if (isGrey) {
    for (let i = 0; i < luma.length; i++) samples[i * channels] = sharp[i];
    return;
  }
  const difference = (channel: number) => {
    const plane = new Float32Array(luma.length);
    for (let i = 0; i < luma.length; i++) plane[i] = samples[i * channels + channel] - luma[i];
    if (!reduces || chromaDenoising === 0) return plane;
    const radius = 1 + Math.round(5 * chromaDenoising);
    return smoothByVariance(plane, clean, width, height, radius, noise, 30 * chromaDenoising ** 2);
  };
  const red = difference(0);
  const blue = difference(2);
  for (let i = 0, s = 0; i < luma.length; i++, s += channels) {
    samples[s] = sharp[i] + red[i];
    samples[s + 1] = sharp[i] - (redWeight * red[i] + blueWeight * blue[i]) / greenWeight;
    samples[s + 2] = sharp[i] + blue[i];
  }
}

/** Variance of the encoded green channel's noise by encoded brightness, before the noise of neighbours was mixed. */
function noiseOfLevels({ noise }: CameraSettings, encode: (light: number) => number): Float32Array {
  return Float32Array.from({ length: levels }, (_, level) => {
    const light = decodeSrgb(level / (levels - 1));
    const deviation = Math.sqrt(noise.a * light + noise.b);
    return ((encode(light + deviation) - encode(light - deviation)) / 2) ** 2;
  });
}

/** The guided filter of a plane by itself; windows whose variance is far below `strength` times the noise become their mean. */
function smoothByVariance(
  plane: Float32Array,
  luma: Float32Array,
  width: number,
  height: number,
  radius: number,
  noise: Float32Array,
  strength: number,
): Float32Array {
  const mean = boxMean(plane, width, height, radius);
  const slope = boxMean(
    plane.map((value) => value * value),
    width,
    height,
    radius,
  );
  const offset = new Float32Array(plane.length);
  const brightness = luma === plane ? mean : luma;
  for (let i = 0; i < plane.length; i++) {
    const variance = Math.max(0, slope[i] - mean[i] ** 2);
    const level = Math.min(Math.max(Math.round(brightness[i] * (levels - 1)), 0), levels - 1);
    slope[i] = variance / (variance + strength * noise[level] + 1e-12);
    offset[i] = (1 - slope[i]) * mean[i];
  }
  const slopes = boxMean(slope, width, height, radius);
  const offsets = boxMean(offset, width, height, radius);
  return plane.map((value, i) => slopes[i] * value + offsets[i]);
}

function sharpen(luma: Float32Array, width: number, height: number, amount: number): Float32Array {
  const blurred = boxMean(boxMean(luma, width, height, 1), width, height, 1);
  return luma.map((value, i) => value + amount * (value - blurred[i]));
}
