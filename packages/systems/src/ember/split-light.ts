import { createPicture, type LightMaps, type Picture } from "@kindling/core";
import { type EmberMaps, gainSteps, rootSteps } from "./maps.ts";
import { exponential } from "./relight.ts";

/**
 * Splits a photo into reflectance and illumination: the picture at automatic light without its noise, and what that has to
 * be multiplied by to give the restored photo, both encoded, 0 to 1.
 */
export function splitLight({ width, height }: Picture, { restored, gain }: EmberMaps): LightMaps {
  const reflectance = createPicture(width, height, 3);
  const illumination = createPicture(width, height, 1);
  const [reds, greens, blues] = restored;
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue] = [reds[i] / rootSteps, greens[i] / rootSteps, blues[i] / rootSteps];
    const k = exponential(gain[i] / gainSteps);
    const factor = k / ((k - 1) * Math.max(red, green, blue) + 1);
    illumination.samples[i] = 1 / factor ** 2;
    reflectance.samples[3 * i] = (red * factor) ** 2;
    reflectance.samples[3 * i + 1] = (green * factor) ** 2;
    reflectance.samples[3 * i + 2] = (blue * factor) ** 2;
  }
  return { reflectance, illumination };
}
