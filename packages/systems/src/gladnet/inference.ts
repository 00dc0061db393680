import { copyPicture, createPlane, type FollowOptions, type NetworkMethod, type Picture } from "@kindling/core";
import {
  nearestIndices,
  type OpenModel,
  type Placement,
  pictureSink,
  pictureSource,
  placedPlanesSource,
  plainMethod,
  planesSink,
  progressWithin,
} from "@kindling/core/internal";
import { gladnetFeatures, gladnetOverviewPx } from "./facts.ts";
import { paper } from "./paper.ts";

/**
 * GLADNet: the global branch sees the whole photo once, at 96x96; the detail branch computes the result tile by tile from the
 * photo and the global features. Where the model's manifest has a border, features of the overview's outermost cells are not
 * used, which the authors' program uses: the zeros around the overview give a photo a frame.
 *
 * Source: Wang, Wei, Yang and Liu, "GLADNet", FG 2018.
 */
export const gladnet: NetworkMethod = {
  name: "gladnet",
  paper,
  strengths: [],
  hasMaps: false,
  hasOwnLight: false,
  bytesPerPixel: { global: 1500, detail: 1700 },
  keptBytesPerPixel: 12,
  open: (model) =>
    plainMethod(
      (picture, _, options) => enhance(model, picture, options),
      () => model.close(),
    ),
};

async function enhance(model: OpenModel, picture: Picture, options: FollowOptions): Promise<Picture> {
  const { width, height } = picture;
  const [sidePx, count] = [gladnetOverviewPx, gladnetFeatures];
  const features = Array.from({ length: count }, () => createPlane(sidePx, sidePx));
  const overview = pictureSource(picture, undefined, nearest(picture, { width: sidePx, height: sidePx }));
  const global = { inputs: { image: overview }, outputs: { features: planesSink(features) } };
  await model.part("global").run({ width: sidePx, height: sidePx }, global, progressWithin(0, 0.02, options));
  const lit = copyPicture(picture);
  const borderless = !model.manifest.borderPx;
  const detail = {
    inputs: {
      image: pictureSource(picture),
      features: placedPlanesSource(
        features,
        inside(nearest({ width: sidePx, height: sidePx }, { width, height }), borderless ? 0 : 1, sidePx),
      ),
    },
    outputs: { enhanced: pictureSink(lit) },
  };
  await model.part("detail").run(picture, detail, progressWithin(0.02, 1, options));
  return lit;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** TensorFlow 1's nearest resize, with which the authors trained. */
function nearest(from: Size, to: Size): Placement {
  return { columns: nearestIndices(from.width, to.width), rows: nearestIndices(from.height, to.height) };
}

/** Takes features from so many cells within the edge, where the zeros around the overview do not show. */
function inside({ columns, rows }: Placement, cells: number, sidePx: number): Placement {
  const clamp = (index: number) => Math.min(Math.max(index, cells), sidePx - 1 - cells);
  return { columns: columns.map(clamp), rows: rows.map(clamp) };
}
