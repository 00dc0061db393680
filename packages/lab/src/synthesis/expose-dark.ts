import { copyPicture, createRandom, type Picture } from "@kindling/core";
import { colourChannels } from "@kindling/core/internal";
import { type CameraSettings, requireCamera } from "./camera-settings.ts";
import { demosaic } from "./demosaic.ts";
import { exposePhotosites, type Photosites } from "./mosaic.ts";
import { processAsPhone } from "./phone-processing.ts";
import { type LinearPicture, sceneOfPhoto } from "./scene-of-photo.ts";
import { senseLight } from "./sensor-noise.ts";
import { tabulateToneCurve } from "./tone-curve.ts";

/**
 * Simulates a camera's photo of this picture in too little light: decodes sRGB, then applies `recordScene`.
 *
 * White in the picture counts as white in the scene, so a lamp that was clipped becomes grey, though the real lamp would
 * have stayed white; `sceneOfPhoto` restores highlights.
 *
 * @param picture grey or RGB, encoded as sRGB, 0 to 1; not changed.
 * @param seed a whole number: the same seed gives the same noise on every run.
 * @returns a new sRGB picture of the same size and channels, 0 to 1, alpha copied.
 * @throws {KindlingError} `invalid-option` for a setting out of its range.
 * @example
 * // runs
 * const noise = { a: 1e-3, b: readNoiseOf(1e-3), readShape: 0.1, rowShare: 0.07 };
 * const camera = { ...perfectCamera, exposureEv: -3, mosaic: 0, noise } as const;
 * const dim = exposeDark(picture, camera, 1);
 */
export function exposeDark(picture: Picture, camera: CameraSettings, seed: number): Picture {
  return recordScene(sceneOfPhoto(picture, 0), camera, seed);
}

/**
 * Simulates a camera's record of a scene: light, lens, colour filters, sensor, white balance, demosaicing, colour matrix,
 * tone curve, noise reduction and sharpening, rounding, in this order.
 *
 * JPEG compression is left to the code that writes the file. A grey picture has the noise and the gains of the green
 * channel, and no mosaic. Order of the steps: Brooks et al., arXiv 1811.11127, figure 3.
 *
 * @param scene grey or RGB in linear light, 0 or more; not changed.
 * @param seed a whole number: the same seed gives the same noise on every run.
 * @returns a new sRGB picture of the same size and channels, 0 to 1, alpha copied.
 * @throws {KindlingError} `invalid-option` for a setting out of its range.
 * @example
 * // runs
 * const scene = sceneOfPhoto(picture, 2);
 * const night = recordScene(scene, { ...perfectCamera, exposureEv: -4 }, 1);
 */
export function recordScene(scene: LinearPicture, camera: CameraSettings, seed: number): Picture {
  requireCamera(camera);
  const random = createRandom(seed, "camera noise");
  const photosites = exposePhotosites(scene, camera);
  for (const sites of photosites) {
    senseLight(sites, camera, random);
    balanceWhite(sites, camera);
  }
  const recorded = copyPicture(scene);
  interpolate(photosites, recorded);
  const encode = tabulateToneCurve(camera.toneCurve);
  encodeColours(recorded, camera, encode);
  processAsPhone(recorded, camera, encode);
  roundSamples(recorded, camera.recordedBits);
  return recorded;
}

/** Subtracts the black level, with its error, and amplifies each channel; what exceeds white is clipped, so that it is neutral. */
function balanceWhite({ plane, filters }: Photosites, camera: CameraSettings): void {
  const { width, values } = plane;
  const gains = camera.channelGains.map((gain, c) => gain * camera.whiteBalanceGains[c]);
  for (let i = 0; i < values.length; i++) {
    const channel = filters[Math.floor(i / width) & 1][(i % width) & 1];
    values[i] = Math.min(1, gains[channel] * (values[i] + camera.blackLevelError));
  }
}

/** Brings the values of the photosites to the pixels of a picture. */
function interpolate(photosites: readonly Photosites[], { channels, samples }: Picture): void {
  const [first] = photosites;
  const rgb = photosites.length === 1 && channels >= 3 && first ? demosaic(first.plane, first.filters) : undefined;
  const colours = channels < 3 ? 1 : 3;
  for (let c = 0; c < colours; c++) {
    const values = rgb ?? photosites[c].plane.values;
    const [step, start] = rgb ? [3, c] : [1, 0];
    for (let to = c, from = start; to < samples.length; to += channels, from += step) samples[to] = values[from];
  }
}

/** Converts the sensor's colours to sRGB and encodes them. */
function encodeColours(
  { channels, samples }: Picture,
  { correctionMatrix }: CameraSettings,
  encode: (light: number) => number,
): void {
  if (channels < 3) {
    for (let i = 0; i < samples.length; i += channels) samples[i] = encode(samples[i]);
    return;
  }
  const [red, green, blue] = correctionMatrix;
  for (let i = 0; i < samples.length; i += channels) {
    const [r, g, b] = [samples[i], samples[i + 1], samples[i + 2]];
    samples[i] = encode(red[0] * r + red[1] * g + red[2] * b);
    samples[i + 1] = encode(green[0] * r + green[1] * g + green[2] * b);
    samples[i + 2] = encode(blue[0] * r + blue[1] * g + blue[2] * b);
  }
}

/** Clips colour samples to 0 to 1 and rounds them to whole steps; 0 bits = no rounding. */
function roundSamples(picture: Picture, bits: number): void {
  const { channels, samples } = picture;
  const colours = colourChannels(picture);
  const steps = bits > 0 ? 2 ** bits - 1 : 0;
  for (let first = 0; first < samples.length; first += channels) {
    for (let i = first; i < first + colours; i++) {
      const sample = Math.min(Math.max(samples[i], 0), 1);
      samples[i] = steps > 0 ? Math.round(sample * steps) / steps : sample;
    }
  }
}
