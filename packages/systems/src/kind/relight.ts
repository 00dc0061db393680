import {
  copyPicture,
  createPlane,
  type FollowOptions,
  type ModelTensor,
  type Picture,
  type Plane,
} from "@kindling/core";
import {
  colourChannels,
  type OpenModel,
  pictureSink,
  pictureSource,
  placedPlanesSource,
  planesSink,
  planesSource,
  progressWithin,
  type Stretch,
  type TileSource,
} from "@kindling/core/internal";
import { ratioFloor } from "./facts.ts";
import type { ReducedCopy } from "./levels.ts";

/** The maps of KinD's analysis: planes of the photo's size. */
export interface KindLayers {
  readonly reflectance: readonly Plane[];
  readonly restored: readonly Plane[];
  readonly illumination: Plane;
  readonly guard: Plane;
}

/** What is relit: the whole photo, or a reduced copy of it. */
export interface Analysed {
  readonly picture: Picture;
  readonly stretch: Stretch;
  readonly layers: KindLayers;
  readonly place?: ReducedCopy | undefined;
}

/** How `lightRestored` and `lightUnrestored` light a photo. */
export interface KindLevel {
  /** KinD's alpha, 0 to 5. */
  readonly level: number;
  /** Strength of the blend with the photo and of the guard, 0 to 1. */
  readonly keepHighlights: number;
}

/** Brings an analysed photo to an own level, at full denoising, into `lit`. */
export async function lightRestored(
  model: OpenModel,
  { picture, stretch, layers, place }: Analysed,
  { level, keepHighlights }: KindLevel,
  lit: Picture,
  options: FollowOptions,
): Promise<void> {
  const planes = (all: readonly Plane[]) => (place ? placedPlanesSource(all, place) : planesSource(all));
  const inputs = {
    image: pictureSource(picture, stretch, place),
    reflectance: planes(layers.reflectance),
    illumination: planes([layers.illumination]),
    restored: planes(layers.restored),
    guard: planes([layers.guard]),
    ratio: constantSource(1, level),
    denoise: scalar(1),
    keepHighlights: scalar(keepHighlights),
  };
  await model.part("relight").run(lit, { inputs, outputs: { enhanced: pictureSink(lit) } }, options);
}

/**
 * The photo without denoising at an own level: times the quotient of its illuminations there and at the level that leaves
 * its light as it is.
 *
 * @param asItIs that level.
 */
export async function lightUnrestored(
  model: OpenModel,
  { picture, layers }: Analysed,
  { level, keepHighlights }: KindLevel,
  asItIs: number,
  options: FollowOptions,
): Promise<Picture> {
  const [lit, unlit] = [createPlane(picture.width, picture.height), createPlane(picture.width, picture.height)];
  await adjust(model, layers.illumination, level, lit, progressWithin(0, 0.5, options));
  await adjust(model, layers.illumination, asItIs, unlit, progressWithin(0.5, 1, options));
  return multiply(picture, { lit, unlit, ...layers }, keepHighlights);
}

/** Brings an illumination to an own level: the network's result for a white reflectance, encoded. */
async function adjust(
  model: OpenModel,
  illumination: Plane,
  level: number,
  adjusted: Plane,
  options: FollowOptions,
): Promise<void> {
  const white = constantSource(3, 1);
  const inputs = {
    image: white,
    reflectance: white,
    illumination: planesSource([illumination]),
    restored: white,
    guard: constantSource(1, 1),
    ratio: constantSource(1, level),
    denoise: scalar(1),
    keepHighlights: scalar(0),
  };
  // Its three channels are the same; the first is kept.
  const outputs = { enhanced: { ...planesSink([adjusted]), channels: 3 } };
  await model.part("relight").run(illumination, { inputs, outputs }, options);
}

/** The photo times the quotient of two illuminations; `keepHighlights` weakens it where the network's blend would. */
function multiply(
  photo: Picture,
  { lit, unlit, illumination, guard }: Pick<KindLayers, "illumination" | "guard"> & Record<"lit" | "unlit", Plane>,
  keepHighlights: number,
): Picture {
  const result = copyPicture(photo);
  const { samples, channels } = result;
  const colours = colourChannels(photo);
  for (let pixel = 0; pixel < lit.values.length; pixel++) {
    const gain = lit.values[pixel] / Math.max(unlit.values[pixel], ratioFloor);
    const weight = (1 - keepHighlights * illumination.values[pixel]) * (1 - keepHighlights * (1 - guard.values[pixel]));
    const factor = 1 + weight * (gain - 1);
    for (let i = pixel * channels; i < pixel * channels + colours; i++) samples[i] = Math.min(samples[i] * factor, 1);
  }
  return result;
}

function constantSource(channels: number, value: number): TileSource {
  return { channels, fill: (_, values) => void values.fill(value) };
}

function scalar(value: number): ModelTensor {
  return { shape: [1], values: Float32Array.of(value) };
}
