import { areaReduce } from "../../image/area-reduce.ts";
import { colourChannels, copyPicture, createPlane, type Picture, type Plane } from "../../image/picture.ts";
import { pictureOfPlanes } from "../../image/picture-of-planes.ts";
import type { TileSource } from "../../tiling/run-tiles.ts";
import { pictureSink, pictureSource, planesSink, planesSource } from "../../tiling/tile-ports.ts";
import type { Analysis } from "../open-method.ts";
import type { ModelTensor } from "../runtime.ts";
import { type FollowOptions, follow, progressWithin } from "../steps.ts";
import { lightSource } from "./light-source.ts";
import type { NetworkMethod, OpenModel } from "./network-method.ts";

/** Side in pixels of the reduced photo that the overview looks at, and how many features it tells. */
const glance = { sidePx: 64, features: 64 } as const;

/** No photo counts as darker than this: about one level of 255. */
const leastBrightness = 0.06;

/**
 * Ember: a glance at the whole photo, reduced, tells what kind of photo it is and how light it should be; the analysis
 * finds reflectance, illumination and how it answers to light; relighting works pixel by pixel.
 *
 * The level is a ratio of brightnesses as Ember measures them. Source: docs/EMBER.md.
 */
export const ember: NetworkMethod = {
  name: "ember",
  strengths: ["denoise"],
  hasMaps: true,
  bytesPerPixel: { overview: 0, analysis: 150, relight: 70 },
  // Five planes of floats: reflectance, illumination, response.
  keptBytesPerPixel: 20,
  open: (model) => ({
    analyse: (picture, _, options) => analyse(model, picture, options),
    close: () => model.close(),
  }),
};

async function analyse(model: OpenModel, picture: Picture, options: FollowOptions): Promise<Analysis> {
  const { width, height } = picture;
  const planes = (count: number) => Array.from({ length: count }, () => createPlane(width, height));
  const overview = await reduced(picture, progressWithin(0, 0.05, options));
  const { features, light } = await look(model, overview, options);
  const [reflectance, illumination, response] = [planes(3), planes(1), planes(1)];
  const outputs = {
    reflectance: planesSink(reflectance),
    illumination: planesSink(illumination),
    response: planesSink(response),
  };
  const inputs = { image: pictureSource(picture), features };
  await model.part("analysis").run(picture, { inputs, outputs }, progressWithin(0.05, 1, options));
  return {
    autoLight: light,
    async relight({ light: wanted, mask, strengths }, relighting) {
      const lit = copyPicture(picture);
      const sources = {
        reflectance: partlyRestored(picture, { reflectance, illumination: illumination[0] }, strengths.denoise),
        illumination: planesSource(illumination),
        response: planesSource(response),
        ratio: lightSource(wanted === "auto" ? light : wanted, mask),
      };
      const flow = { inputs: sources, outputs: { enhanced: pictureSink(lit) } };
      await model.part("relight").run(picture, flow, relighting);
      return lit;
    },
    async lightOf(reference, following) {
      return brightness(await reduced(reference, following)) / brightness(overview);
    },
    maps: () => ({
      reflectance: pictureOfPlanes(reflectance),
      illumination: pictureOfPlanes(illumination),
    }),
  };
}

/** The reflectance with some of the noise and colour cast left in: all of it at strength 0, none at 1. */
function partlyRestored(
  picture: Picture,
  { reflectance, illumination }: { readonly reflectance: readonly Plane[]; readonly illumination: Plane },
  strength: number,
): TileSource {
  const restored = planesSource(reflectance);
  if (strength === 1) return restored;
  const [photo, light] = [pictureSource(picture), planesSource([illumination])];
  return {
    channels: 3,
    fill(region, values) {
      restored.fill(region, values);
      const size = region.width * region.height;
      const [original, lit] = [new Float32Array(3 * size), new Float32Array(size)];
      photo.fill(region, original);
      light.fill(region, lit);
      for (let i = 0; i < values.length; i++) {
        const unrestored = Math.min(Math.sqrt(Math.max(original[i], 0)) / lit[i % size], 1);
        values[i] = unrestored + strength * (values[i] - unrestored);
      }
    },
  };
}

/** What the overview tells: features as the analysis takes them, and the level it would choose. */
async function look(model: OpenModel, overview: ModelTensor, options: FollowOptions) {
  const point = { width: 1, height: 1 };
  const points = (count: number) => Array.from({ length: count }, () => createPlane(1, 1));
  const [features, light] = [points(glance.features), points(1)];
  const outputs = { features: planesSink(features), light: planesSink(light) };
  await model.part("overview").run(point, { inputs: { overview }, outputs }, { signal: options.signal });
  return { features: tensorOf(features), light: light[0].values[0] };
}

/** The whole photo reduced by area, [1, 3, 64, 64]. */
async function reduced(picture: Picture, options: FollowOptions): Promise<ModelTensor> {
  const { width, height, samples, channels } = picture;
  const colours = colourChannels(picture);
  const planes: Plane[] = [];
  for (let channel = 0; channel < 3; channel++) {
    const whole = createPlane(width, height);
    const first = colours === 1 ? 0 : channel;
    for (let i = 0; i < whole.values.length; i++) whole.values[i] = samples[i * channels + first];
    const share = progressWithin(channel / 3, (channel + 1) / 3, options);
    planes.push(await follow(areaReduce(whole, glance.sidePx, glance.sidePx), share));
  }
  return tensorOf(planes);
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
