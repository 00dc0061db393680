import {
  copyPicture,
  createPlane,
  type FollowOptions,
  type LightMaps,
  type ModelTensor,
  type NetworkMethod,
  type Picture,
  type Plane,
} from "@kindling/core";
import {
  type Analysis,
  colourChannels,
  lightFeatures,
  lightSource,
  type OpenModel,
  pictureOfPlanes,
  pictureSink,
  pictureSource,
  planesSink,
  planesSource,
  predictLight,
  type Stretch,
} from "@kindling/core/internal";
import { defaultRatio, leastRange, ratioFloor } from "./facts.ts";

/** The maps of KinD's analysis: planes of the photo's size. */
interface Layers {
  readonly reflectance: readonly Plane[];
  readonly restored: readonly Plane[];
  readonly illumination: Plane;
  readonly guard: Plane;
}

/**
 * KinD: decomposition and restoration once, in the photo's analysis; relighting runs only the adjustment.
 *
 * The photo is stretched to its full range by its least and greatest value, and the result stays stretched. The level is
 * the ratio of illumination maps, alpha in the paper; where the model's manifest has no automatic light, `auto` is 5, the
 * default of the authors' code. At full strength the result is that of their evaluate.py;
 * `keepHighlights` at 0 gives reflectance times adjusted illumination, as in the paper.
 *
 * Source: Zhang, Zhang and Guo, "Kindling the Darkness", ACM MM 2019, arXiv 1905.04161, and the authors' code.
 */
export const kind: NetworkMethod = {
  name: "kind",
  strengths: ["denoise", "keepHighlights"],
  hasMaps: true,
  hasOwnLight: true,
  // 1,200 in four fifths of the memory and 500 in the rest: small tiles cost the relighting nothing, its halo is 4 px.
  bytesPerPixel: { analysis: 1500, relight: 2500 },
  // Eight planes of floats: the reflectance as split and as restored, the illumination, the guard.
  keptBytesPerPixel: 32,
  open: (model) => ({
    analyse: (picture, _, options) => analyse(model, picture, options),
    close: () => model.close(),
  }),
};

async function analyse(model: OpenModel, picture: Picture, options: FollowOptions): Promise<Analysis> {
  const stretch = stretchOf(picture);
  const layers = await split(model, picture, stretch, options);
  const { light: automatic } = model.manifest;
  const features = lightFeatures(picture, layers.illumination);
  const autoLight = automatic ? predictLight(automatic, features) : defaultRatio;
  return {
    autoLight,
    lightFeatures: features,
    async relight({ light, mask, strengths }, relighting) {
      const lit = copyPicture(picture);
      const inputs = {
        image: pictureSource(picture, stretch),
        reflectance: planesSource(layers.reflectance),
        illumination: planesSource([layers.illumination]),
        restored: planesSource(layers.restored),
        guard: planesSource([layers.guard]),
        ratio: lightSource(light === "auto" ? autoLight : light, mask),
        denoise: scalar(strengths.denoise),
        keepHighlights: scalar(strengths.keepHighlights),
      };
      await model.part("relight").run(picture, { inputs, outputs: { enhanced: pictureSink(lit) } }, relighting);
      return lit;
    },
    async lightOf(reference, following) {
      const { illumination } = await split(model, reference, stretchOf(reference), following);
      return meanRatio(illumination, layers.illumination);
    },
    maps: () => mapsOf(layers),
  };
}

async function split(model: OpenModel, picture: Picture, stretch: Stretch, options: FollowOptions): Promise<Layers> {
  const { width, height } = picture;
  const planes = (count: number) => Array.from({ length: count }, () => createPlane(width, height));
  const [reflectance, restored, illumination, guard] = [planes(3), planes(3), planes(1), planes(1)];
  const outputs = {
    reflectance: planesSink(reflectance),
    restored: planesSink(restored),
    illumination: planesSink(illumination),
    guard: planesSink(guard),
  };
  await model.part("analysis").run(picture, { inputs: { image: pictureSource(picture, stretch) }, outputs }, options);
  return { reflectance, restored, illumination: illumination[0], guard: guard[0] };
}

/** Finds the stretch by the least and greatest value over all colours; a range below `leastRange` counts as that. */
function stretchOf(picture: Picture): Stretch {
  const { samples, channels } = picture;
  const colours = colourChannels(picture);
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let pixel = 0; pixel < samples.length; pixel += channels) {
    for (let i = pixel; i < pixel + colours; i++) {
      if (samples[i] < least) least = samples[i];
      if (samples[i] > greatest) greatest = samples[i];
    }
  }
  return { least, range: Math.max(greatest - least, leastRange) };
}

/** Computes KinD's alpha with a reference: the mean over the pixels of L_high / (L_low + 0.0001). */
function meanRatio(high: Plane, low: Plane): number {
  return high.values.reduce((sum, light, i) => sum + light / (low.values[i] + ratioFloor), 0) / high.values.length;
}

function mapsOf({ reflectance, restored, illumination }: Layers): LightMaps {
  return {
    reflectance: pictureOfPlanes(restored),
    illumination: pictureOfPlanes([illumination]),
    unrestored: pictureOfPlanes(reflectance),
  };
}

function scalar(value: number): ModelTensor {
  return { shape: [1], values: Float32Array.of(value) };
}
