import { copyPicture, createRandom, encodeSrgb, type Picture } from "@kindling/core";
import { colourChannels } from "@kindling/core/internal";
import { type CameraSettings, requireCamera } from "./camera-settings.ts";
import { type LinearPicture, sceneOfPhoto } from "./scene-of-photo.ts";
import { senseRow } from "./sensor-noise.ts";
import { vignette } from "./vignetting.ts";

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
 * const camera = { ...perfectCamera, exposureEv: -3, iso: 1600 };
 * const dim = exposeDark(picture, camera, 1);
 */
export function exposeDark(picture: Picture, camera: CameraSettings, seed: number): Picture {
  return recordScene(sceneOfPhoto(picture, 0), camera, seed);
}

/**
 * Simulates a camera's record of a scene: light, lens, sensor, white balance, display encoding, in this order.
 *
 * The simulation has no demosaicing, colour matrix, denoising or JPEG compression. A grey picture has the noise and the
 * gains of the green channel.
 *
 * @param scene grey or RGB in linear light, 0 or more; not changed.
 * @param seed a whole number: the same seed gives the same noise on every run.
 * @returns a new sRGB picture of the same size and channels, 0 to 1, alpha copied.
 * @throws {KindlingError} `invalid-option` for a setting out of its range.
 * @example
 * // runs
 * const scene = sceneOfPhoto(picture, 2);
 * const night = recordScene(scene, { ...perfectCamera, exposureEv: -4, iso: 3200 }, 1);
 */
export function recordScene(scene: LinearPicture, camera: CameraSettings, seed: number): Picture {
  requireCamera(camera);
  const { width, height, channels } = scene;
  const recorded = copyPicture(scene);
  const lens = vignette(width, height, camera.cornerAngleDegrees);
  const random = createRandom(seed, "camera noise");
  const exposure = 2 ** camera.exposureEv;
  const steps = camera.recordedBits > 0 ? 2 ** camera.recordedBits - 1 : 0;
  const row = new Float32Array(width);
  const sensorChannels = colourChannels(scene) === 1 ? ([1] as const) : ([0, 1, 2] as const);

  for (let y = 0; y < height; y++) {
    for (const [offset, channel] of sensorChannels.entries()) {
      const gain = exposure * camera.lightGains[channel];
      const first = y * width * channels + offset;
      for (let x = 0; x < width; x++) row[x] = scene.samples[first + x * channels] * gain * lens[y * width + x];
      if (camera.iso > 0) senseRow(row, camera.sensor, camera.iso, channel, random);
      for (let x = 0; x < width; x++) {
        const linear = row[x] * camera.whiteBalanceGains[channel];
        const encoded = encodeSrgb(Math.min(Math.max(linear, 0), 1));
        recorded.samples[first + x * channels] = steps > 0 ? Math.round(encoded * steps) / steps : encoded;
      }
    }
  }
  return recorded;
}
