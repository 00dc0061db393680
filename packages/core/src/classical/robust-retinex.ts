import { type Steps, within } from "../flow/steps.ts";
import type { Plane } from "../image/picture.ts";
import { brightestChannel } from "./brightest-channel.ts";
import { defineMethod } from "./define-method.ts";
import { differences, hasNeighbour, shrink, transposeDifferences } from "./differences.ts";
import { megapixelsOption, onSmallCopy } from "./on-small-copy.ts";
import { overStrips } from "./over-strips.ts";
import { scaleColours } from "./scale-colours.ts";
import { solveCoupled } from "./solve-coupled.ts";

/** Penalty of the light's differences in the first round, and its growth by round. */
const firstPenalty = 1;
const penaltyGrowth = 1.5;
/** Size of a difference, of 1, at which the gain of contrast has fallen to 1 / e. */
const contrastFall = 10 / 255;
/** Error of a solve to stop at, relative to its solution: rounds carry it on, the reflectance of a whole picture does not. */
const tolerance = 1e-6;
const wholeTolerance = 1e-5;
/** Rows around a strip that its reflectance depends on: in light of 0.01 it is smoothed over some 10 px. */
const stripMargin = 96;
/** Times that noise and reflectance are found from each other where the light is known. */
const roundsOfReflectance = 2;

/** The settings of the split into reflectance, light and noise. */
interface SplitSettings {
  readonly smoothness: number;
  readonly edges: number;
  readonly noise: number;
  readonly contrast: number;
  readonly threshold: number;
  readonly rounds: number;
}

/** A map split into I = R L + N, by pixel. */
interface Split {
  readonly reflectance: Float64Array;
  readonly light: Float64Array;
  readonly noise: Float64Array;
}

/**
 * Robust Retinex: the photo is reflectance times light plus a noise of its own, so that what the light is divided out of
 * is without the noise; edges of the reflectance are strengthened, weak ones most.
 *
 * With I the brightest channel, 0 to 1, it minimises |R L + N - I|^2 + beta |D L|_1 + omega |D R - G|^2 + delta |N|^2, where
 * G = (1 + lambda exp(-|g| / (10/255))) g for differences g of I of at least the threshold, else 0. In turn, from L = I:
 * (L^2 + omega D^T D) R = L (I - N) + omega D^T G; (2 R^2 + mu D^T D) L = 2 R (I - N) + D^T (mu T - Z); N = (I - R L) / (1 +
 * delta); T = shrink(D L + Z / mu, beta / mu); Z += mu (D L - T); mu from 1, times 1.5. The result is V' = R L^(1/gamma), R
 * and L cut to 0..1, colours scaled by V' / I.
 *
 * Source: Li, Liu, Yang, Sun, Guo 2018, equations 7 to 17 with the constants of the authors' demonstration; their program is
 * not public. Departures: a fixed number of rounds. A picture of more pixels than `megapixels` has L worked out on an
 * area-reduced copy and brought up by the guided filter; R and N are then found from it at every pixel, in two rounds.
 */
export const robustRetinex = defineMethod({
  name: "robust-retinex",
  title: "Robust Retinex with a noise map",
  about:
    "Lifts the dark parts, takes some noise off and crispens edges. Slow: some ten seconds a photo; can look drawn.",
  duration: "some ten seconds a photo",
  paper: {
    title: "Structure-Revealing Low-Light Image Enhancement Via Robust Retinex Model",
    authors: "M. Li, J. Liu, W. Yang, X. Sun, Z. Guo",
    year: 2018,
    venue: "IEEE Transactions on Image Processing, 27(6)",
    id: "10.1109/TIP.2018.2810539",
  },
  options: {
    gamma: { default: 2.2, min: 1, max: 5, about: "How much the light is raised: 1 leaves it as it is." },
    smoothness: { default: 0.01, min: 0, max: 1, about: "How few edges the light is to have: beta of the paper." },
    edges: { default: 0.01, min: 0, max: 1, about: "How closely crisper edges are followed: omega of the paper." },
    noise: { default: 10, min: 0.01, max: 100, about: "How little counts as noise: delta of the paper." },
    contrast: { default: 5, min: 0, max: 20, about: "How much crisper weak edges become: lambda of the paper." },
    threshold: { default: 10, min: 0, max: 255, about: "Step, of 255, below which an edge counts as noise." },
    rounds: { default: 20, min: 1, max: 30, integer: true, about: "Rounds of the solver: more find the light better." },
    megapixels: megapixelsOption(0.1, 1),
  },
  *enhance(picture, { gamma, megapixels, ...settings }, { levels }) {
    const brightest = yield* within(0, 0.02, brightestChannel(picture));
    const light = { ...brightest, values: brightest.values.slice() };
    let split: Split | undefined;
    yield* within(
      0.02,
      0.6,
      onSmallCopy(light, megapixels, function* (map) {
        split = yield* splitWithNoise(exactMap(map.values, map.width, levels), settings);
        return split.light;
      }),
    );
    const known = split?.reflectance;
    const reflectance =
      known?.length === light.values.length
        ? known
        : yield* within(0.6, 0.95, reflectanceOf(brightest, light, settings, levels));
    const gainAt = (i: number) => {
      if (brightest.values[i] === 0) return 0;
      return (cut(reflectance[i]) * cut(light.values[i]) ** (1 / gamma)) / brightest.values[i];
    };
    return yield* within(0.95, 1, scaleColours(picture, gainAt));
  },
});

/** A map in double precision: at exact levels, a step as large as the threshold is not lost to rounding. */
interface ExactMap {
  readonly width: number;
  readonly values: Float64Array;
}

/** Splits a map, 0 to 1, into reflectance, light and noise: see `robustRetinex`. */
export function* splitWithNoise(map: ExactMap, settings: SplitSettings): Steps<Split> {
  const { width, values } = map;
  const count = values.length;
  const pull = edgePull(map, settings);
  let split: Split = { reflectance: new Float64Array(count), light: values, noise: new Float64Array(count) };
  const [tEast, tSouth, zEast, zSouth] = Array.from({ length: 4 }, () => new Float64Array(count));
  let penalty = firstPenalty;
  for (let round = 0; round < settings.rounds; round++) {
    const at = (share: number) => (round + share) / settings.rounds;
    const reflectance = yield* within(at(0), at(0.4), solveReflectance(map, split, pull, settings.edges, tolerance));
    const towards = transposeDifferences(
      tEast.map((t, i) => penalty * t - zEast[i]),
      tSouth.map((t, i) => penalty * t - zSouth[i]),
      width,
    );
    const own = reflectance.map((value) => 2 * value ** 2);
    const b = reflectance.map((value, i) => 2 * value * (values[i] - split.noise[i]) + towards[i]);
    const system = { ...evenCouplings(width, count, penalty), own };
    const light = yield* within(at(0.4), at(1), solveCoupled(system, b, split.light, tolerance));
    const noise = noiseOf(values, reflectance, light, settings.noise);
    updateAxis(differences(light, width, "east", "none"), tEast, zEast, settings.smoothness, penalty);
    updateAxis(differences(light, width, "south", "none"), tSouth, zSouth, settings.smoothness, penalty);
    split = { reflectance, light, noise };
    penalty *= penaltyGrowth;
  }
  return split;
}

/** R of a whole picture whose light is known, strip by strip. */
function* reflectanceOf(map: Plane, light: Plane, settings: SplitSettings, levels: number): Steps<Float32Array> {
  const { width, height } = map;
  const result = new Float32Array(map.values.length);
  yield* overStrips(width, height, stripMargin, function* ({ first, last, top, bottom }) {
    const strip = exactMap(map.values.subarray(top * width, bottom * width), width, levels);
    const pull = edgePull(strip, settings);
    const lightOfStrip = Float64Array.from(light.values.subarray(top * width, bottom * width), cut);
    let split: Split = {
      reflectance: new Float64Array(lightOfStrip.length),
      light: lightOfStrip,
      noise: new Float64Array(lightOfStrip.length),
    };
    for (let round = 0; round < roundsOfReflectance; round++) {
      const at = (share: number) => (round + share) / roundsOfReflectance;
      const reflectance = yield* within(
        at(0),
        at(1),
        solveReflectance(strip, split, pull, settings.edges, wholeTolerance),
      );
      split = { ...split, reflectance, noise: noiseOf(strip.values, reflectance, lightOfStrip, settings.noise) };
    }
    const kept = split.reflectance.subarray((first - top) * width, (last - top) * width);
    result.set(kept, first * width);
  });
  return result;
}

/** The R step: (L^2 + omega D^T D) R = L (I - N) + omega D^T G. */
function* solveReflectance(
  { width, values }: ExactMap,
  { reflectance, light, noise }: Split,
  pull: Float64Array,
  edges: number,
  error: number,
): Steps<Float64Array> {
  const system = { ...evenCouplings(width, values.length, edges), own: light.map((value) => value ** 2) };
  const b = light.map((value, i) => value * (values[i] - noise[i]) + edges * pull[i]);
  return yield* solveCoupled(system, b, reflectance, error);
}

/** D^T G: what pulls the reflectance to crisper edges. */
function edgePull(
  { width, values }: ExactMap,
  { contrast, threshold }: Pick<SplitSettings, "contrast" | "threshold">,
): Float64Array {
  const crispen = (step: number) =>
    Math.abs(step) < threshold / 255 ? 0 : (1 + contrast * Math.exp(-Math.abs(step) / contrastFall)) * step;
  const east = differences(values, width, "east", "none").map(crispen);
  const south = differences(values, width, "south", "none").map(crispen);
  return transposeDifferences(east, south, width);
}

function noiseOf(values: Float64Array, reflectance: Float64Array, light: Float64Array, weight: number): Float64Array {
  return reflectance.map((value, i) => (values[i] - value * light[i]) / (1 + weight));
}

/** A map of float32 in doubles, with whole levels of the file as exact quotients. */
function exactMap(values: Float32Array, width: number, levels: number): ExactMap {
  const exact = (value: number) => {
    const level = Math.round(value * levels);
    return Math.abs(value * levels - level) < 1e-3 ? level / levels : value;
  };
  return { width, values: Float64Array.from(values, exact) };
}

/** The T and Z steps along one axis. */
function updateAxis(steps: Float64Array, t: Float64Array, z: Float64Array, smoothness: number, penalty: number): void {
  for (let i = 0; i < t.length; i++) {
    t[i] = shrink(steps[i] + z[i] / penalty, smoothness / penalty);
    z[i] += penalty * (steps[i] - t[i]);
  }
}

/** One coupling for all neighbours, none over the border. */
function evenCouplings(width: number, count: number, coupling: number) {
  const towards = (direction: "east" | "south") =>
    Float64Array.from({ length: count }, (_, i) => (hasNeighbour(i, width, count, direction) ? coupling : 0));
  return { width, height: count / width, east: towards("east"), south: towards("south") };
}

function cut(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
