import { finish, type Photo, type Picture } from "@kindling/core";
import { pictureOfPlanes, reduceColours } from "@kindling/core/internal";

/** A picture at most so many pixels wide and high. */
export function reduceTo(picture: Picture, sidePx: number): Picture {
  const scale = Math.min(1, sidePx / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
  return pictureOfPlanes(finish(reduceColours(picture, width!, height!)));
}

/** A picture as if it came from a file without any metadata. */
export function photoOf(picture: Picture): Photo {
  return { picture, metadata: {}, format: "png", depth: 8, lossless: true, notes: [] };
}
