import { createPicture, decodeSrgb, encodeSrgb, finish, type LightMaps, type Picture } from "@kindling/core";
import { type EmberMaps, rootSteps } from "./maps.ts";
import { emberRelight } from "./relight.ts";

/**
 * Splits a photo into reflectance and illumination: the picture at automatic light without its noise, and what that has to
 * be multiplied by in linear light to give the restored photo, both encoded, 0 to 1.
 */
export function splitLight({ width, height }: Picture, maps: EmberMaps): LightMaps {
  const reflectance = createPicture(width, height, 3);
  const illumination = createPicture(width, height, 1);
  const withoutNoise = { share: 1, lift: 0, denoise: 1, denoiseColour: 1, keepHighlights: 0 };
  finish(emberRelight(reflectance, maps, withoutNoise, reflectance));
  const { samples } = reflectance;
  const [reds, greens, blues] = maps.restored;
  for (let i = 0; i < width * height; i++) {
    const before = decodeSrgb((Math.max(reds[i], greens[i], blues[i]) / rootSteps) ** 2);
    const after = decodeSrgb(Math.max(samples[3 * i], samples[3 * i + 1], samples[3 * i + 2]));
    illumination.samples[i] = after > 0 ? encodeSrgb(Math.min(before / after, 1)) : 1;
  }
  return { reflectance, illumination };
}
