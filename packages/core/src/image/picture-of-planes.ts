import { createPicture, type Picture, type Plane } from "./picture.ts";

/** A grey picture of one plane, or an RGB picture of three, all of one size. */
export function pictureOfPlanes(planes: readonly Plane[]): Picture {
  const picture = createPicture(planes[0].width, planes[0].height, planes.length === 1 ? 1 : 3);
  for (const [channel, { values }] of planes.entries()) {
    for (let i = 0; i < values.length; i++) picture.samples[i * planes.length + channel] = values[i];
  }
  return picture;
}
