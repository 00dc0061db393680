import { type Enhancer, KindlingError, type Photo, psnr, type Scene, type SceneLevels } from "@kindling/core";
import { type LightFeatures, predictLight } from "@kindling/core/internal";
import { bestLight, type FittedLight, fitAutomaticLight, type LightCurve, qualityAt } from "./fit-automatic-light.ts";
import { rootMeanSquare } from "./ridge-regression.ts";

/** Own levels that are searched: far below 1 a day becomes a night, and 5 is the greatest that networks are trained for. */
const searched = { least: 0.3, most: 5 };

/** A dark photo and the same scene well exposed, pixel on pixel. */
export interface LightPair {
  readonly dark: Photo;
  readonly bright: Photo;
}

/** A pair that was studied: features of the dark photo, and the quality of its result by the own level. */
export interface StudiedPair {
  readonly features: LightFeatures;
  /** PSNR by the level, in dB. */
  readonly curve: LightCurve;
  /** PSNR at the reference's own light, in dB. */
  readonly likeReference: number;
  /** Features of the bright photo, where it is learnt from too. */
  readonly bright?: LightFeatures;
}

/** Mean PSNR of the same pairs at several levels, in dB. */
export interface LightFigures {
  /** At the best level of each pair. */
  readonly best: number;
  /** At the level that the model chooses. */
  readonly automatic: number;
  /** At the greatest level there is. */
  readonly greatest: number;
  /** At the reference's own light. */
  readonly reference: number;
}

/** A model of automatic light with how well it does on the pairs it was fitted on, each left out in its turn. */
export interface StudiedLight extends Pick<FittedLight, "model" | "penalty"> {
  /** The factor by which the level errs: e to the root mean square of the error of its logarithm. */
  readonly errorFactor: number;
  readonly figures: LightFigures;
}

/**
 * Searches the level, in the method's own measure, that gives a pair's blind result its best PSNR.
 *
 * @param enhancer of a method that takes a level of its own.
 * @param options.withBright whether the bright photo is learnt from too: an own level of 1 suits it.
 * @throws {KindlingError} `unsupported` where the method takes no level of its own; `cancelled`.
 */
export async function studyPair(
  enhancer: Enhancer,
  { dark, bright }: LightPair,
  {
    withBright = false,
    signal,
  }: { readonly withBright?: boolean | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<StudiedPair> {
  const scene = await enhancer.analyse(dark, { signal });
  const { features, relight } = levelsOf(scene, enhancer);
  const blind = async (level: number) => psnr((await relight(level, { signal })).picture, bright.picture);
  return {
    features,
    ...(withBright && { bright: levelsOf(await enhancer.analyse(bright, { signal }), enhancer).features }),
    curve: await bestLight(blind, searched),
    likeReference: psnr((await scene.relightLike(bright, { signal })).picture, bright.picture),
  };
}

/**
 * Fits automatic light to studied pairs.
 *
 * @throws {KindlingError} `invalid-option` where there are fewer than two samples.
 */
export function fitStudiedPairs(pairs: readonly StudiedPair[]): StudiedLight {
  const dark = pairs.map(({ features, curve }) => ({ features, light: Math.exp(curve.best.logLight) }));
  const bright = pairs.flatMap(({ bright: features }) => (features ? [{ features, light: 1 }] : []));
  const { model, penalty, leftOut } = fitAutomaticLight([...dark, ...bright]);
  const errors = pairs.map(({ curve }, n) => Math.log(leftOut[n] ?? 1) - curve.best.logLight);
  return { model, penalty, errorFactor: Math.exp(rootMeanSquare(errors)), figures: figuresAt(pairs, leftOut) };
}

/** Measures a model of automatic light on pairs that it was not fitted on. */
export function measureLight(model: FittedLight["model"], pairs: readonly StudiedPair[]): LightFigures {
  return figuresAt(
    pairs,
    pairs.map(({ features }) => predictLight(model, features)),
  );
}

function figuresAt(pairs: readonly StudiedPair[], lights: readonly number[]): LightFigures {
  const mean = (of: (pair: StudiedPair, n: number) => number) =>
    pairs.reduce((sum, pair, n) => sum + of(pair, n), 0) / pairs.length;
  return {
    best: mean(({ curve }) => curve.best.quality),
    automatic: mean(({ curve }, n) => qualityAt(curve, lights[n] ?? 1)),
    greatest: mean(({ curve }) => qualityAt(curve, searched.most)),
    reference: mean(({ likeReference }) => likeReference),
  };
}

function levelsOf({ ownLevels }: Scene, { method }: Enhancer): SceneLevels {
  if (ownLevels) return ownLevels;
  throw new KindlingError("unsupported", `${method} takes no light level of its own: there is nothing to fit.`);
}
