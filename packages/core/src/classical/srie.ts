import { type Steps, within } from "../flow/steps.ts";
import type { Plane } from "../image/picture.ts";
import { brightestChannel } from "./brightest-channel.ts";
import { defineMethod } from "./define-method.ts";
import { differences, shrink, transposeDifferences } from "./differences.ts";
import { megapixelsOption, onSmallCopy } from "./on-small-copy.ts";
import { scaleColours } from "./scale-colours.ts";
import { solveCoupled } from "./solve-coupled.ts";

/** What keeps the logarithm of black finite, in levels of 0 to 255. */
const logOffset = 1e-6;
/** The light that is divided out counts as at least this. */
const darkestLight = 1e-3;
/** Error of a solve to stop at, relative to its solution. */
const tolerance = 1e-6;

/** The settings of the split into reflectance and light. */
interface SplitSettings {
  readonly texture: number;
  readonly smoothness: number;
  readonly power: number;
  readonly rounds: number;
}

/**
 * SRIE, simultaneous reflectance and illumination estimation by the weighted variational model: the light varies smoothly,
 * the reflectance in few places, and both are found together in the logarithmic domain; the light comes back brighter.
 *
 * With s = ln(V), V the brightest channel in 0 to 255, it minimises |r + l - s|^2 + c1 |R D r|_1 + c2 |L^p/2 D l|^2 for r <= 0
 * and l >= s, where the weights R = exp(r) and L = exp(l) are those of the round before. Split Bregman, lambda 1, periodic
 * borders: d = shrink(R D r + b, 1/2); (I + c1 D^T R^2 D) r = s - l + c1 D^T R (d - b); b += R D r - d;
 * (I + c2 D^T L^p D) l = s - r. The result is V' = R 255 (L / 255)^(1/gamma), colours scaled by V' / V.
 *
 * Source: Fu, Zeng, Huang, Zhang, Ding 2016, equations 8 and 10 to 14. Departures: the systems are solved exactly, where the
 * authors' program divides by spectra, which cannot carry the weights; `power` p is 1, as their program has it, 2 in the
 * paper, which leaves the light almost even and the picture dark. A picture of more pixels than `megapixels` has the light
 * worked out on an area-reduced copy and brought up by the guided filter.
 */
export const srie = defineMethod({
  name: "srie",
  title: "SRIE: simultaneous reflectance and illumination estimation",
  about: "Opens the dark parts with restraint, contrast and colours kept. Some seconds a photo; noise is not touched.",
  duration: "some seconds a photo",
  paper: {
    title: "A Weighted Variational Model for Simultaneous Reflectance and Illumination Estimation",
    authors: "X. Fu, D. Zeng, Y. Huang, X.-P. Zhang, X. Ding",
    year: 2016,
    venue: "IEEE Conference on Computer Vision and Pattern Recognition",
    id: "10.1109/CVPR.2016.304",
  },
  options: {
    gamma: { default: 2.2, min: 1.1, max: 5, about: "How much the light is raised: 1 would leave it as it is." },
    texture: { default: 0.01, min: 0, max: 1, about: "How few edges the reflectance is to have: c1 of the paper." },
    smoothness: { default: 0.1, min: 0.001, max: 10, about: "How smooth the light is to be: c2 of the paper." },
    power: {
      default: 1,
      min: 1,
      max: 2,
      integer: true,
      about: "Weight of the light's smoothness: 1 its level, as the authors' program, 2 the square, as the paper.",
    },
    rounds: { default: 20, min: 1, max: 50, integer: true, about: "Rounds of the solver: more bring the light out." },
    megapixels: megapixelsOption(0.1, 1),
  },
  *enhance(picture, { gamma, megapixels, ...settings }) {
    const light = yield* within(0, 0.05, brightestChannel(picture));
    yield* within(
      0.05,
      0.9,
      onSmallCopy(light, megapixels, (map) => lightOf(map, gamma, settings)),
    );
    const gainAt = (i: number) => Math.max(light.values[i], darkestLight) ** (1 / gamma - 1);
    return yield* within(0.9, 1, scaleColours(picture, gainAt));
  },
});

/** The light T, 0..1, for which V' = V T^(1/gamma - 1): L / 255, but for what R L and V differ by. */
function* lightOf({ width, values }: Plane, gamma: number, settings: SplitSettings): Steps<Float64Array> {
  const levels = { width, values: Float64Array.from(values, (value) => 255 * value) };
  const { reflectance, light } = yield* splitLight(levels, settings);
  return light.map((level, i) => {
    if (values[i] === 0) return level / 255;
    const gain = (reflectance[i] * (level / 255) ** (1 / gamma)) / values[i];
    return gain ** (1 / (1 / gamma - 1));
  });
}

/**
 * Splits a map, 0 to 255, into reflectance R, at most 1, and light L, 0 to 255: see `srie`.
 *
 * @returns R and L by pixel.
 */
export function* splitLight(
  { width, values }: { readonly width: number; readonly values: Float64Array },
  { texture, smoothness, power, rounds }: SplitSettings,
): Steps<{ readonly reflectance: Float64Array; readonly light: Float64Array }> {
  const count = values.length;
  const size = { width, height: count / width, isPeriodic: true };
  const s = values.map((value) => Math.log(value + logOffset));
  let r = new Float64Array(count);
  let l = new Float64Array(count);
  // The Bregman variables b of both directions.
  const bEast = new Float64Array(count);
  const bSouth = new Float64Array(count);
  const dEast = new Float64Array(count);
  const dSouth = new Float64Array(count);

  for (let round = 0; round < rounds; round++) {
    const at = (share: number) => (round + share) / rounds;
    const reflectance = r.map(Math.exp);
    splitDifferences(reflectance, differences(r, width, "east", "periodic"), bEast, dEast);
    splitDifferences(reflectance, differences(r, width, "south", "periodic"), bSouth, dSouth);
    const pull = transposeDifferences(
      dEast.map((d, i) => reflectance[i] * (d - bEast[i])),
      dSouth.map((d, i) => reflectance[i] * (d - bSouth[i])),
      width,
    );
    const couplings = reflectance.map((weight) => texture * weight ** 2);
    const b = s.map((value, i) => value - l[i] + texture * pull[i]);
    const system = { ...size, east: couplings, south: couplings };
    r = (yield* within(at(0), at(0.5), solveCoupled(system, b, r, tolerance))).map((value) => Math.min(value, 0));
    followDifferences(reflectance, differences(r, width, "east", "periodic"), bEast, dEast);
    followDifferences(reflectance, differences(r, width, "south", "periodic"), bSouth, dSouth);

    const lightCouplings = l.map((value) => smoothness * Math.exp(power * value));
    const lightSystem = { ...size, east: lightCouplings, south: lightCouplings };
    const rest = s.map((value, i) => value - r[i]);
    const next = yield* within(at(0.5), at(1), solveCoupled(lightSystem, rest, l, tolerance));
    l = next.map((value, i) => Math.max(value, s[i]));
  }
  return { reflectance: r.map(Math.exp), light: l.map(Math.exp) };
}

/** The d step along one axis. */
function splitDifferences(weights: Float64Array, steps: Float64Array, b: Float64Array, d: Float64Array): void {
  for (let i = 0; i < d.length; i++) d[i] = shrink(weights[i] * steps[i] + b[i], 0.5);
}

/** The b step along one axis. */
function followDifferences(weights: Float64Array, steps: Float64Array, b: Float64Array, d: Float64Array): void {
  for (let i = 0; i < b.length; i++) b[i] += weights[i] * steps[i] - d[i];
}
