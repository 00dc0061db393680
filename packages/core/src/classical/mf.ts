import { type Steps, within } from "../flow/steps.ts";
import { blendPyramids } from "../image/blend-pyramids.ts";
import { closeByDisc } from "../image/closing.ts";
import { guidedFilter } from "../image/guided-filter.ts";
import type { Plane } from "../image/picture.ts";
import { brightestChannel } from "./brightest-channel.ts";
import { clahe } from "./clahe.ts";
import { defineMethod } from "./define-method.ts";
import type { MethodContext } from "./method.ts";
import { megapixelsOption, onSmallCopy } from "./on-small-copy.ts";
import { scaleColours } from "./scale-colours.ts";

/** Radius of the discs, of the guided filter's windows, and the variance that counts as flat there. */
const discRadius = 7;
const guideRadius = 2;
const guideEpsilon = 0.004;
/** The first light is at least this. */
const darkestLight = 1e-3;
/** What is divided out is at least this. */
const leastDivisor = 1e-2;
/** Levels of the pyramids below the full size. */
const lastLevel = 4;
/** Variance of the bell around 0.5 by which light counts as well exposed; keeps weights from being all zero. */
const exposureVariance = 0.25 ** 2;
const leastWeight = 1e-12;

/** The light of a map: as it is, and in place of it. */
export interface FusedLight {
  readonly first: Plane;
  readonly bright: Plane;
  readonly contrasted: Plane;
  readonly fused: Plane;
}

/**
 * MF, fusion of derived lights: the light is taken out of the photo and put back as a fusion of three versions of it: as it
 * was, brightened, and with more contrast.
 *
 * I1 is the brightest channel closed by discs of 7 px, smoothed by the guided filter; I2 = 2 / pi arctan(lambda I1), lambda =
 * `lift` + (1 - mean I1) / mean I1; I3 = CLAHE of I1. Weights exp(-(I - 0.5)^2 / (2 0.25^2)) I, normalised, are blended in
 * pyramids; the result is the photo times fused / I1.
 *
 * Source: Fu, Zeng, Huang, Liao, Ding, Paisley 2016, section 3; the program is not public. Departures: the paper's weight by
 * hue and saturation is that of the photo itself, the same for all three, and falls out when the weights are normalised. A
 * picture of more pixels than `megapixels` has the light worked out on an area-reduced copy and brought up by the guided filter.
 */
export const mf = defineMethod({
  name: "mf",
  title: "MF: fusion of derived lights",
  about: "Brightens and adds local contrast, colours kept: among the best of the classical ones. Halos are possible.",
  paper: {
    title: "A fusion-based enhancing method for weakly illuminated images",
    authors: "X. Fu, D. Zeng, Y. Huang, Y. Liao, X. Ding, J. Paisley",
    year: 2016,
    venue: "Signal Processing, 129",
    id: "10.1016/j.sigpro.2016.05.031",
  },
  options: {
    lift: { default: 10, min: 0, max: 50, about: "How bright the brightened version of the light is." },
    contrast: { default: 3, min: 1, max: 40, about: "How steep tones may be in the version with more contrast." },
    megapixels: megapixelsOption(0.25, 4),
  },
  *enhance(picture, { lift, contrast, megapixels }, context) {
    const light = yield* within(0, 0.05, brightestChannel(picture));
    yield* within(
      0.05,
      0.9,
      onSmallCopy(light, megapixels, function* (map) {
        const { first, fused } = yield* fuseLight(map, lift, contrast, context);
        return first.values.map((value, i) => value / Math.max(fused.values[i], darkestLight));
      }),
    );
    return yield* within(
      0.9,
      1,
      scaleColours(picture, (i) => 1 / Math.max(light.values[i], leastDivisor)),
    );
  },
});

/** The light of a map of brightest channels, and the fusion of its versions. */
export function* fuseLight(map: Plane, lift: number, contrast: number, context: MethodContext): Steps<FusedLight> {
  const closed = yield* within(0, 0.3, closeByDisc(map, discRadius));
  const smooth = yield* within(0.3, 0.5, guidedFilter(closed, map, guideRadius, guideEpsilon));
  const first = { ...map, values: smooth.values.map((value) => Math.min(Math.max(value, darkestLight), 1)) };
  const mean = first.values.reduce((sum, value) => sum + value, 0) / first.values.length;
  const lambda = lift + (1 - mean) / mean;
  const bright = { ...map, values: first.values.map((value) => (2 / Math.PI) * Math.atan(lambda * value)) };
  const grey = { ...map, channels: 1, samples: first.values } as const;
  const { samples } = yield* within(0.5, 0.7, clahe.enhance(grey, { clipLimit: contrast, tiles: 8 }, context));
  const contrasted = { ...map, values: samples };

  const versions = [first, bright, contrasted];
  const masks = versions.map(({ values }) => ({ ...map, values: values.map(weightOf) }));
  for (let i = 0; i < map.values.length; i++) {
    let sum = 0;
    for (const { values } of masks) sum += values[i];
    for (const { values } of masks) values[i] /= sum;
  }
  const fused = yield* within(
    0.7,
    1,
    blendPyramids((i) => versions[i], masks, lastLevel),
  );
  return { first, bright, contrasted, fused };
}

function weightOf(value: number): number {
  return Math.exp(-((value - 0.5) ** 2) / (2 * exposureVariance)) * value + leastWeight;
}
