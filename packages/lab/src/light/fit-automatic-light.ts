import type { AutomaticLight, LightFeatures } from "@kindling/core/internal";
import { chooseRidge } from "./ridge-regression.ts";

/** A picture whose best light level is known. */
export interface LightSample {
  /** Features by name; every sample has the same names. */
  readonly features: LightFeatures;
  /** The best level, above 0. */
  readonly light: number;
}

/** A model of automatic light, with its predictions for pictures that were left out of the fit. */
export interface FittedLight {
  readonly model: AutomaticLight;
  /** The penalty with the least error on pictures left out. */
  readonly penalty: number;
  /** The level of each sample, predicted by a model of all others. */
  readonly leftOut: readonly number[];
}

const penalties = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];

/**
 * Fits a model that predicts the light level of a picture from its features: ridge regression of the logarithm of the level;
 * the penalty is chosen by leaving out one picture at a time.
 *
 * @throws {KindlingError} `invalid-option` where there are fewer than two samples.
 * @example
 * declare const samples: LightSample[];
 * const { model, leftOut } = fitAutomaticLight(samples);
 * const errors = samples.map(({ light }, i) => Math.log(leftOut[i] / light));
 */
export function fitAutomaticLight(samples: readonly LightSample[]): FittedLight {
  const lights = samples.map(({ light }) => light);
  const [min, max] = [Math.min(...lights), Math.max(...lights)];
  const names = Object.keys(samples[0]?.features ?? {});
  const { model, penalty, leftOut } = chooseRidge(
    samples.map(({ features }) => names.map((name) => features[name])),
    lights.map(Math.log),
    penalties,
  );
  return {
    model: { features: names, ...model, min, max },
    penalty,
    leftOut: leftOut.map((logLight) => Math.min(Math.max(Math.exp(logLight), min), max)),
  };
}

/** A level with its measured quality. */
export interface TriedLight {
  readonly logLight: number;
  readonly quality: number;
}

/** A measure of quality as a function of the level. */
export interface LightCurve {
  readonly best: TriedLight;
  /** All levels tried, from the darkest. */
  readonly tried: readonly TriedLight[];
}

/**
 * Searches the level of greatest quality: coarsely over the range, then finer around the best. Levels are spread evenly by
 * their logarithm.
 *
 * @param quality measures a level; it should have one maximum in the range.
 * @param evaluations greatest number of measurements after the first nine.
 */
export async function bestLight(
  quality: (light: number) => Promise<number>,
  { least, most, evaluations = 8 }: { readonly least: number; readonly most: number; readonly evaluations?: number },
): Promise<LightCurve> {
  const coarse = 8;
  const step = Math.log(most / least) / coarse;
  const at = async (logLight: number) => ({ logLight, quality: await quality(Math.exp(logLight)) });
  const tried: TriedLight[] = [];
  for (let i = 0; i <= coarse; i++) tried.push(await at(Math.log(least) + i * step));
  const best = () => tried.reduce((a, b) => (b.quality > a.quality ? b : a));
  let reach = step / 2;
  for (let spent = 0; spent + 2 <= evaluations; spent += 2, reach /= 2) {
    const { logLight } = best();
    for (const candidate of [logLight - reach, logLight + reach]) {
      const inside = Math.min(Math.max(candidate, Math.log(least)), Math.log(most));
      if (inside !== logLight) tried.push(await at(inside));
    }
  }
  return { best: best(), tried: tried.sort((a, b) => a.logLight - b.logLight) };
}

/** Interpolates a curve at a level: linearly in the logarithm; beyond the levels tried, the value of the nearest. */
export function qualityAt({ tried }: LightCurve, light: number): number {
  const logLight = Math.log(light);
  const above = tried.findIndex((point) => point.logLight >= logLight);
  if (above < 0) return tried[tried.length - 1].quality;
  if (above === 0) return tried[0].quality;
  const [low, high] = [tried[above - 1], tried[above]];
  const share = (logLight - low.logLight) / (high.logLight - low.logLight);
  return low.quality + share * (high.quality - low.quality);
}
