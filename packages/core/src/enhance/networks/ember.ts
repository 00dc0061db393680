import { createPlane, type Picture, type Plane } from "../../image/picture.ts";
import { pictureOfPlanes } from "../../image/picture-of-planes.ts";
import { reduceColours } from "../../image/reduce-colours.ts";
import { pictureSource, planesSink } from "../../tiling/tile-ports.ts";
import { lightFeatures, predictLight } from "../automatic-light.ts";
import type { Analysis } from "../open-method.ts";
import type { ModelTensor } from "../runtime.ts";
import { type FollowOptions, follow, progressWithin } from "../steps.ts";
import { type EmberMaps, emberRelight } from "./ember-relight.ts";
import type { NetworkMethod, OpenModel } from "./network-method.ts";

/** Side in pixels of the reduced photo that the overview looks at, and how many features it tells. */
const glance = { sidePx: 64, features: 64 } as const;

/** No photo counts as darker than this: about one level of 255. */
const leastBrightness = 0.06;

/**
 * Ember: a glance at the whole photo, reduced, tells what kind of photo it is and how light it should be; the analysis
 * finds reflectance, illumination and how it answers to light; relighting works pixel by pixel, without a network.
 *
 * The level is a ratio of brightnesses as Ember measures them. `auto` is what a fitted model of light says, if the
 * weights come with one, and what the glance says if not. Source: docs/EMBER.md.
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
  const overview = await reduced(picture, progressWithin(0, 0.05, options));
  const { told, light } = await look(model, overview, options);
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
  const inputs = { image: pictureSource(picture), features: told };
  await model.part("analysis").run(picture, { inputs, outputs }, progressWithin(0.05, 1, options));
  const features = { ...lightFeatures(picture, maps.illumination), glance: Math.log(light) };
  const { light: fitted } = model.manifest;
  const autoLight = fitted ? predictLight(fitted, features) : light;
  return {
    autoLight,
    lightFeatures: features,
    relight({ light: wanted, mask, strengths: { denoise } }, relighting) {
      const ratio = wanted === "auto" ? autoLight : wanted;
      return follow(emberRelight(picture, maps, { ratio, mask, denoise }), relighting);
    },
    async lightOf(reference, following) {
      return brightness(await reduced(reference, following)) / brightness(overview);
    },
    maps: () => ({
      reflectance: pictureOfPlanes(maps.reflectance),
      illumination: pictureOfPlanes([maps.illumination]),
    }),
  };
}

/** What the overview tells: features as the analysis takes them, and the level it would choose. */
async function look(model: OpenModel, overview: ModelTensor, options: FollowOptions) {
  const point = { width: 1, height: 1 };
  const points = (count: number) => Array.from({ length: count }, () => createPlane(1, 1));
  const [features, light] = [points(glance.features), points(1)];
  const outputs = { features: planesSink(features), light: planesSink(light) };
  await model.part("overview").run(point, { inputs: { overview }, outputs }, { signal: options.signal });
  return { told: tensorOf(features), light: light[0].values[0] };
}

/** The whole photo reduced by area, [1, 3, 64, 64]. */
async function reduced(picture: Picture, options: FollowOptions): Promise<ModelTensor> {
  return tensorOf(await follow(reduceColours(picture, glance.sidePx, glance.sidePx), options));
}

function tensorOf(planes: readonly Plane[]): ModelTensor {
  const { width, height } = planes[0];
  const values = new Float32Array(planes.length * width * height);
  for (const [channel, plane] of planes.entries()) values.set(plane.values, channel * width * height);
  return { shape: [1, planes.length, height, width], values };
}

/** How bright a photo is as Ember measures it: the mean of sqrt(max(R, G, B)), each pixel counted by its own. */
function brightness({ values }: ModelTensor): number {
  const size = values.length / 3;
  let [squares, roots] = [0, 0];
  for (let i = 0; i < size; i++) {
    const brightest = Math.max(values[i], values[size + i], values[2 * size + i], 0);
    squares += brightest;
    roots += Math.sqrt(brightest);
  }
  return Math.max(squares / Math.max(roots, 1e-4), leastBrightness);
}
