import {
  createPlane,
  type FollowOptions,
  finish,
  follow,
  type ModelTensor,
  type NetworkMethod,
  type Picture,
  type Plane,
} from "@kindling/core";
import {
  type Analysis,
  lightFeatures,
  lightOfMeans,
  meanLuminance,
  type OpenModel,
  pictureOfPlanes,
  pictureSource,
  planesSink,
  predictLight,
  progressWithin,
  reduceColours,
  solveRising,
  subsample,
  type Transfer,
} from "@kindling/core/internal";
import { emberFeatures, emberOverviewPx, greatestRatio, leastRatio } from "./facts.ts";
import { type EmberLight, type EmberMaps, emberRelight } from "./relight.ts";

/**
 * Ember: the overview describes a reduced copy of the whole photo and predicts its light level; the analysis computes
 * reflectance, illumination and response; relighting is a formula for each pixel, without a network.
 *
 * Ember's own level is a ratio of brightnesses by its measure. `auto` is that of the automatic light in the model's
 * manifest, or the predicted one where the manifest has none. A light level is reached by the own level that gives it on a
 * subsample of the maps. Source: docs/EMBER.md.
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
    analyse: (picture, { transfer }, options) => analyse(model, picture, transfer, options),
    close: () => model.close(),
  }),
};

async function analyse(
  model: OpenModel,
  picture: Picture,
  transfer: Transfer,
  options: FollowOptions,
): Promise<Analysis> {
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
  const ownAuto = fitted ? predictLight(fitted, facts) : light;
  const meanAt = measureMeans(picture, maps, transfer);
  const before = meanAt();
  const autoLight = lightOfMeans(meanAt({ ratio: ownAuto, denoise: 1 }), before);
  return {
    autoLight,
    ownLevels: { features: facts },
    relight({ light: wanted, strengths: { denoise } }, relighting) {
      const atStops = (stops: number) => meanAt({ ratio: 2 ** stops, denoise });
      const range = { least: Math.log2(leastRatio), most: Math.log2(greatestRatio) };
      const ratioOf = (level: number) => 2 ** solveRising(atStops, level * before, range);
      const isAuto = wanted === "auto" || wanted === autoLight;
      const ratio = isAuto ? ownAuto : typeof wanted === "object" ? wanted.ownLevel : ratioOf(wanted);
      return follow(emberRelight(picture, maps, { ratio, denoise }), relighting);
    },
    maps: () => ({
      reflectance: pictureOfPlanes(maps.reflectance),
      illumination: pictureOfPlanes([maps.illumination]),
    }),
  };
}

/** Measures the mean luminance of the photo, and of the photo at a level, on a subsample. */
function measureMeans(picture: Picture, maps: EmberMaps, transfer: Transfer): (light?: EmberLight) => number {
  const sample = subsample(picture, picture.samples, picture.channels);
  const reduced = { ...picture, width: sample.length / picture.channels, height: 1, samples: sample };
  const reduce = (plane: Plane) => ({ width: reduced.width, height: 1, values: subsample(plane, plane.values, 1) });
  const [red, green, blue] = maps.reflectance;
  const reducedMaps: EmberMaps = {
    reflectance: [reduce(red), reduce(green), reduce(blue)],
    illumination: reduce(maps.illumination),
    response: reduce(maps.response),
  };
  return (light) => meanLuminance(light ? finish(emberRelight(reduced, reducedMaps, light)) : reduced, transfer);
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
