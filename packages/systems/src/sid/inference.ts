import { copyPicture, type FollowOptions, type NetworkMethod, type Picture } from "@kindling/core";
import { type OpenModel, pictureSink, pictureSource, plainMethod } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/**
 * SID on developed photos: their mosaic is brightened by a ratio of exposures that is a setting, and developed anew.
 *
 * Source: Chen et al., arXiv 1805.01934.
 */
export const sid: NetworkMethod = {
  name: "sid",
  paper,
  withoutWeights: "To compare with: it learns to develop very dark mosaics, brightened by a ratio that you set.",
  options: {
    ratio: { default: 20, min: 1, max: 300, about: "how much longer the wanted exposure is than the photo's" },
  },
  strengths: [],
  hasMaps: false,
  hasOwnLight: false,
  bytesPerPixel: { whole: 500 },
  keptBytesPerPixel: 12,
  open: (model, { ratio }) =>
    plainMethod(
      (picture, _, options) => enhance(model, picture, ratio ?? 1, options),
      () => model.close(),
    ),
};

async function enhance(model: OpenModel, picture: Picture, ratio: number, options: FollowOptions): Promise<Picture> {
  const lit = copyPicture(picture);
  const inputs = { image: pictureSource(picture), ratio: { shape: [1], values: Float32Array.of(ratio) } };
  await model.part("whole").run(picture, { inputs, outputs: { enhanced: pictureSink(lit) } }, options);
  return lit;
}
