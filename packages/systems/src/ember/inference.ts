import {
  createPlane,
  type FollowOptions,
  follow,
  type ModelTensor,
  type NetworkMethod,
  type Picture,
  type Plane,
} from "@kindling/core";
import {
  type Analysis,
  lightFeatures,
  type OpenModel,
  pictureOfPlanes,
  pictureSource,
  planesSink,
  predictLight,
  progressWithin,
  reduceColours,
} from "@kindling/core/internal";
import { emberBrightness, emberFeatures, emberOverviewPx, leastIllumination } from "./facts.ts";
import { type EmberMaps, emberRelight } from "./relight.ts";

/**
 * Ember: the overview describes a reduced copy of the whole photo and predicts its light level; the analysis computes
 * reflectance, illumination and response; relighting is a formula for each pixel, without a network.
 *
 * The level is a ratio of brightnesses by Ember's measure. `auto` is the level of the automatic light in the model's
 * manifest, or the predicted level where the manifest has none. Source: docs/EMBER.md.
 */
export const ember: NetworkMethod = {
  name: "ember",
  strengths: ["denoise"],
  hasMaps: true,
  hasOwnLight: true,
  bytesPerPixel: { overview: 0, analysis: 100 },
  // Five planes of floats: reflectance, illumination, response.
  keptBytesPerPixel: 20,
  open: (model) => ({
    analyse: (picture, _, options) => analyse(model, picture, options),
    close: () => model.close(),
  }),
};

async function analyse(model: OpenModel, picture: Picture, options: FollowOptions): Promise<Analysis> {
  const { width, height } = picture;
  const overview = await reduce(picture, progressWithin(0, 0.05, options));
  const { features, light } = await runOverview(model, overview, options);
  const maps: EmberMaps = {
    reflectance: [createPlane(width, height), createPlane(width, height), createPlane(width, height)],
    illumination: createPlane(width, height),
    response: createPlane(width, height),
  };
  const outputs = {
    reflectance: planesSink(maps.reflectance),
    illumination: planesSink([maps.illumination]),
    response: planesSink([maps.response]),
  };
  const inputs = { image: pictureSource(picture), features };
  await model.part("analysis").run(picture, { inputs, outputs }, progressWithin(0.05, 1, options));
  const facts = { ...lightFeatures(picture, maps.illumination), glance: Math.log(light) };
  const { light: fitted } = model.manifest;
  const autoLight = fitted ? predictLight(fitted, facts) : light;
  return {
    autoLight,
    lightFeatures: facts,
    relight({ light: wanted, mask, strengths: { denoise } }, relighting) {
      const ratio = wanted === "auto" ? autoLight : wanted;
      return follow(emberRelight(picture, maps, { ratio, mask, denoise }), relighting);
    },
    async lightOf(reference, following) {
      return brightnessOf(await reduce(reference, following)) / brightnessOf(overview);
    },
    maps: () => ({
      reflectance: pictureOfPlanes(maps.reflectance),
      illumination: pictureOfPlanes([maps.illumination]),
    }),
  };
}

/** Runs the overview: returns the features that the analysis takes, and the predicted level. */
async function runOverview(model: OpenModel, overview: ModelTensor, options: FollowOptions) {
  const point = { width: 1, height: 1 };
  const points = (count: number) => Array.from({ length: count }, () => createPlane(1, 1));
  const [features, light] = [points(emberFeatures), points(1)];
  const outputs = { features: planesSink(features), light: planesSink(light) };
  await model.part("overview").run(point, { inputs: { overview }, outputs }, { signal: options.signal });
  return { features: tensorOf(features), light: light[0].values[0] };
}

/** Reduces the whole photo by area, to [1, 3, 64, 64]. */
async function reduce(picture: Picture, options: FollowOptions): Promise<ModelTensor> {
  return tensorOf(await follow(reduceColours(picture, emberOverviewPx, emberOverviewPx), options));
}

function tensorOf(planes: readonly Plane[]): ModelTensor {
  const { width, height } = planes[0];
  const values = new Float32Array(planes.length * width * height);
  for (const [channel, plane] of planes.entries()) values.set(plane.values, channel * width * height);
  return { shape: [1, planes.length, height, width], values };
}

/** Measures the brightness of an overview, [1, 3, 64, 64]; at least `leastIllumination`. */
function brightnessOf({ values }: ModelTensor): number {
  const size = values.length / 3;
  const brightness = emberBrightness<Float32Array, number>({
    brightest: () =>
      Float32Array.from({ length: size }, (_, i) => Math.max(values[i], values[size + i], values[2 * size + i], 0)),
    sqrt: (pixels) => pixels.map(Math.sqrt),
    mean: (pixels) => pixels.reduce((sum, value) => sum + value, 0) / size,
    max: Math.max,
    div: (value, by) => value / by,
  });
  return Math.max(brightness, leastIllumination);
}
