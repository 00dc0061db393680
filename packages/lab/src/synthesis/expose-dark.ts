import { copyPicture, createRandom, encodeSrgb, type Picture } from "@kindling/core";
import { colourChannels } from "@kindling/core/internal";
import { type CameraSettings, requireCamera } from "./camera-settings.ts";
import { type LinearPicture, sceneOfPhoto } from "./scene-of-photo.ts";
import { senseRow } from "./sensor-noise.ts";
import { vignette } from "./vignetting.ts";

/**
 * What a camera would have recorded of this picture in too little light.
 *
 * Decodes sRGB and goes through `recordScene`. White in the picture is all the light there is: a lamp that was
 * clipped in it comes out grey, where the lamp itself would still have been white.
 *
 * @param picture grey or RGB, encoded as sRGB, 0 to 1; not changed.
 * @param seed a whole number: the same seed gives the same noise on every run.
 * @returns a new sRGB picture of the same size and channels, 0 to 1, alpha copied.
 * @throws {KindlingError} `invalid-option` for a setting out of its range.
 */
export function exposeDark(picture: Picture, camera: CameraSettings, seed: number): Picture {
  return recordScene(sceneOfPhoto(picture, 0), camera, seed);
}

/**
 * What a camera records of a scene: light, lens, sensor, white balance, display encoding, in this order.
 *
 * Demosaicing, colour matrices and the camera's own denoising are left out; JPEG is left to whoever writes the file.
 * A grey picture has the noise of the green channel and takes the green gains.
 *
 * @param scene grey or RGB in linear light, 0 or more; not changed.
 * @param seed a whole number: the same seed gives the same noise on every run.
 * @returns a new sRGB picture of the same size and channels, 0 to 1, alpha copied.
 * @throws {KindlingError} `invalid-option` for a setting out of its range.
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
