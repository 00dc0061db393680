import { decodeSrgb, encodeSrgb, type Picture } from "@kindling/core";

/** An sRGB picture with its linear light multiplied by 2 to the power of `stops` (EV), clipped at white. */
export function changeExposure(picture: Picture, stops: number): Picture {
  const samples = picture.samples.map((sample) => Math.min(1, encodeSrgb(decodeSrgb(sample) * 2 ** stops)));
  return { ...picture, samples };
}
