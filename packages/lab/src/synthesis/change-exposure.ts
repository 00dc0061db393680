import { decodeSrgb, encodeSrgb, type Picture } from "@kindling/core";

/** Multiplies the linear light of an sRGB picture by 2 to the power of `stops` (EV), and clips at white. */
export function changeExposure(picture: Picture, stops: number): Picture {
  const samples = picture.samples.map((sample) => Math.min(1, encodeSrgb(decodeSrgb(sample) * 2 ** stops)));
  return { ...picture, samples };
}
