import { createPicture, decodeSrgb, encodeSrgb, type LightMaps, type Picture } from "@kindling/core";
import { lightRootOf } from "./light-tables.ts";
import { type EmberMaps, gainSteps, rootSteps } from "./maps.ts";
import { exponential } from "./relight.ts";

/**
 * Splits a photo into reflectance and illumination: the picture at automatic light without its noise, and what that has to
 * be multiplied by in linear light to give the restored photo, both encoded, 0 to 1.
 */
export function splitLight({ width, height }: Picture, { restored, gain }: EmberMaps): LightMaps {
  const reflectance = createPicture(width, height, 3);
  const illumination = createPicture(width, height, 1);
  for (let i = 0; i < width * height; i++) {
    const brightest = Math.max(restored[0][i], restored[1][i], restored[2][i]) / rootSteps;
    const k = exponential(gain[i] / gainSteps);
    const before = lightRootOf(brightest) ** 2;
    const after = decodeSrgb(((k * brightest) / ((k - 1) * brightest + 1)) ** 2);
    const share = after > 0 ? before / after : 1;
    illumination.samples[i] = encodeSrgb(share);
    for (const [channel, roots] of restored.entries()) {
      reflectance.samples[3 * i + channel] = encodeSrgb(lightRootOf(roots[i] / rootSteps) ** 2 / share);
    }
  }
  return { reflectance, illumination };
}
