import {
  defaultStrengths,
  type FollowOptions,
  follow,
  KindlingError,
  type ModelTensor,
  maxLight,
  minLight,
  type NetworkMethod,
  type Picture,
  type Plane,
} from "@kindling/core";
import {
  type Analysis,
  exposeToLuminance,
  meanLuminance,
  type OpenModel,
  pictureSource,
  planesSink,
  progressWithin,
  reduceColours,
  type Transfer,
} from "@kindling/core/internal";
import { emberBrightness, emberOverviewPx } from "./facts.ts";
import { applyGrids, createAnalysisPlanes, type LightGrids } from "./gain-field.ts";
import { measureLevels } from "./levels.ts";
import { emberRelight } from "./relight.ts";
import { shareWithSignal } from "./signal-share.ts";
import { splitLight } from "./split-light.ts";

/**
 * Ember: the overview decides light and colour balance from a reduced copy of the whole photo; the analysis removes noise;
 * relighting is a formula for each pixel, without a network.
 *
 * Levels from that of the restored photo up to `auto` are a share of the field of gains, levels beyond add one gain
 * everywhere, and darker ones are the restored photo at another exposure. Source: docs/EMBER.md.
 */
export const ember: NetworkMethod = {
  name: "ember",
  strengths: ["denoise", "denoiseColour", "keepHighlights"],
  hasMaps: true,
  hasOwnLight: true,
  bytesPerPixel: { overview: 0, analysis: 100 },
  // Four planes of floats: the restored colours and the gain.
  keptBytesPerPixel: 16,
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
  const overview = await reduce(picture, progressWithin(0, 0.05, options));
  const { features, ...grids } = await runOverview(model, overview, options);
  const { detail, confidence } = createAnalysisPlanes(picture);
  const inputs = { image: pictureSource(picture), features };
  const outputs = { detail: planesSink(detail), confidence: planesSink([confidence]) };
  await model.part("analysis").run(picture, { inputs, outputs }, progressWithin(0.05, 0.95, options));
  const share = shareWithSignal(overview);
  const maps = await follow(
    applyGrids(picture, detail, confidence, { ...grids, share }),
    progressWithin(0.95, 1, options),
  );
  const levels = measureLevels(picture, maps, transfer);
  const autoLight = Math.min(Math.max(levels.autoLight(defaultStrengths), minLight), maxLight);
  return {
    autoLight,
    async relight({ light, strengths }, relighting) {
      const isAuto = typeof light !== "number" || light === autoLight;
      const level = isAuto ? { share: 1, lift: 0 } : levels.levelOf(light, strengths);
      if (level) return follow(emberRelight(picture, maps, { ...strengths, ...level }), relighting);
      const dim = emberRelight(picture, maps, { ...strengths, share: 0, lift: 0 });
      const restored = await follow(dim, progressWithin(0, 0.5, relighting));
      const target = Number(light) * meanLuminance(picture, transfer);
      return follow(exposeToLuminance(restored, target, transfer), progressWithin(0.5, 1, relighting));
    },
    maps: () => splitLight(picture, maps),
  };
}

/** Runs the overview: returns the features that the analysis takes, and the grids. */
async function runOverview(
  model: OpenModel,
  overview: ModelTensor,
  options: FollowOptions,
): Promise<Omit<LightGrids, "share"> & { readonly features: ModelTensor }> {
  const { features, gains, balance } = await model.part("overview").compute({ overview }, options);
  if (!features || !gains || !balance) {
    throw new KindlingError(
      "invalid-model",
      "The model's overview must give features, gains and balance. Install models of this version.",
    );
  }
  return { features, gains: gains.values, balance: balance.values, brightness: brightnessOf(overview) };
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

/** Measures the brightness of an overview, [1, 3, 64, 64]. */
function brightnessOf({ values }: ModelTensor): number {
  const size = values.length / 3;
  return emberBrightness<Float32Array, number>({
    brightest: () =>
      Float32Array.from({ length: size }, (_, i) => Math.max(values[i], values[size + i], values[2 * size + i], 0)),
    sqrt: (pixels) => pixels.map(Math.sqrt),
    mean: (pixels) => pixels.reduce((sum, value) => sum + value, 0) / size,
    max: Math.max,
    div: (value, by) => value / by,
  });
}
