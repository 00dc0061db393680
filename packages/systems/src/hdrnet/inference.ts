import {
  createPlane,
  type FollowOptions,
  follow,
  KindlingError,
  type NetworkMethod,
  type Picture,
} from "@kindling/core";
import {
  nearestIndices,
  type OpenModel,
  pictureSource,
  plainMethod,
  planesSink,
  progressWithin,
} from "@kindling/core/internal";
import { applyGrid } from "./apply-grid.ts";
import { hdrnetOverviewPx } from "./facts.ts";
import { paper } from "./paper.ts";

/**
 * HDRNet: the coefficient net sees the whole photo once, at 256x256, and gives a grid of colour maps; every pixel takes
 * its map from the grid by its place and its guide.
 *
 * Source: Gharbi et al., arXiv 1707.02880.
 */
export const hdrnet: NetworkMethod = {
  name: "hdrnet",
  paper,
  strengths: [],
  hasMaps: false,
  hasOwnLight: false,
  bytesPerPixel: { coefficients: 0, guide: 900 },
  keptBytesPerPixel: 12,
  open: (model) =>
    plainMethod(
      (picture, _, options) => enhance(model, picture, options),
      () => model.close(),
    ),
};

async function enhance(model: OpenModel, picture: Picture, options: FollowOptions): Promise<Picture> {
  const grid = await findGrid(model, picture, options);
  const guide = createPlane(picture.width, picture.height);
  const flow = { inputs: { image: pictureSource(picture) }, outputs: { guide: planesSink([guide]) } };
  await model.part("guide").run(picture, flow, progressWithin(0.05, 0.5, options));
  return follow(applyGrid(picture, guide, grid), progressWithin(0.5, 1, options));
}

/** Runs the coefficient net on the photo reduced to a square. */
async function findGrid(model: OpenModel, picture: Picture, options: FollowOptions): Promise<Float32Array> {
  const side = hdrnetOverviewPx;
  const values = new Float32Array(3 * side ** 2);
  const place = { columns: nearestIndices(picture.width, side), rows: nearestIndices(picture.height, side) };
  const whole = { left: 0, top: 0, width: side, height: side };
  pictureSource(picture, undefined, place).fill(whole, values);
  const overview = { shape: [1, 3, side, side], values };
  const { grid } = await model.part("coefficients").compute({ overview }, options);
  if (grid) return grid.values;
  throw new KindlingError("invalid-model", "The model's coefficients must give grid. Install models of this version.");
}
