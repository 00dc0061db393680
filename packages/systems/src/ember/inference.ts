import {
  type AllStrengths,
  defaultStrengths,
  type FollowOptions,
  follow,
  KindlingError,
  type ModelTensor,
  maxLight,
  minLight,
  type NetworkMethod,
  type Picture,
} from "@kindling/core";
import {
  type Analysis,
  createIntegerPicture,
  exposeToLuminance,
  heldSamples,
  type LitPicture,
  lightOfMeans,
  meanLuminance,
  type OpenModel,
  type PartOfChain,
  type PhotoContext,
  pictureSource,
  progressWithin,
  type WantedLight,
} from "@kindling/core/internal";
import { decideLight, type OverviewAnswers } from "./decide-light.ts";
import { blockPx, coarseChannels, fastFromPixels, fineChannels } from "./facts.ts";
import { createRestorer, type TakePiece } from "./gain-field.ts";
import { type EmberLevels, measureLevels } from "./levels.ts";
import { createMaps, type EmberMaps } from "./maps.ts";
import { stackMirrored } from "./mirrored-views.ts";
import { createMixer, type MixMaps } from "./mixed-maps.ts";
import { reducePhoto, reduceToOverview } from "./reduce-photo.ts";
import { createReducedAnalysis, enlargeAnalysis } from "./reduced-analysis.ts";
import { emberRelight, lightPieces } from "./relight.ts";
import { separatingSinks, type TakeFound } from "./separate-noise.ts";
import { splitLight } from "./split-light.ts";

/**
 * Ember's default strengths. All of its noise removed, a photo loses the texture of stone, leaves and cloth: a rest of 30 %
 * looks sharper, and is nearer to the references of night pairs and brackets (docs/EMBER.md).
 */
const emberStrengths: AllStrengths = { ...defaultStrengths, denoise: 0.7 };

/**
 * Ember: the overview decides light and colour balance from a reduced copy of the whole photo; the analysis removes noise;
 * relighting is a formula for each pixel, without a network.
 *
 * Levels from that of the restored photo up to `auto` are a share of the field of gains, levels beyond add one gain
 * everywhere, and darker ones are the restored photo at another exposure. Source: docs/EMBER.md.
 */
export const ember: NetworkMethod = {
  name: "ember",
  isBrief: true,
  runsInModule: true,
  options: {
    fast: {
      default: 0,
      min: 0,
      max: 1,
      integer: true,
      about:
        "1 finds the noise of photos of 4 megapixels and more at half their sides: quicker, and foliage a little softer.",
    },
  },
  strengths: ["denoise", "denoiseColour", "keepHighlights"],
  defaultStrengths: emberStrengths,
  hasMaps: true,
  hasOwnLight: true,
  bytesPerPixel: { overview: 0, encoder: 360, context: 90, decoder: 230, chain: 90 },
  // Four planes of 16 bits: the restored colours and the gain.
  keptBytesPerPixel: 8,
  open: (model, { fast }) => ({
    analyse: (picture, context, options) =>
      analyse(model, { ...context, picture, reduction: chooseReduction(picture, fast) }, options),
    enhance: (picture, wanted, context, options) =>
      enhance(model, { ...context, picture, reduction: chooseReduction(picture, fast) }, wanted, options),
    close: () => model.close(),
  }),
};

/** The analysis, in the order in which its parts run. */
const chain: readonly PartOfChain[] = [
  {
    part: "encoder",
    maps: { fine: { channels: fineChannels, blockPx }, coarse: { channels: coarseChannels, blockPx: 2 * blockPx } },
  },
  { part: "context", maps: { context: { channels: coarseChannels, blockPx: 2 * blockPx } } },
  { part: "decoder" },
];

/** A photo to analyse, and the factor by which it is reduced for the search of noise. */
interface Subject extends PhotoContext {
  readonly picture: Picture;
  readonly reduction: number;
}

function chooseReduction({ width, height }: Picture, fast: number): number {
  return fast === 1 && width * height >= fastFromPixels ? 2 : 1;
}

async function analyse(model: OpenModel, subject: Subject, options: FollowOptions): Promise<Analysis> {
  const { picture } = subject;
  const scene = await findMaps(model, subject, options);
  return {
    autoLight: scene.autoLight,
    relight: (wanted, relighting, lit) => relight(subject, scene, wanted, relighting, lit),
    maps: () => splitLight(picture, scene.maps),
  };
}

/** Lights a photo once: at `auto` every piece as soon as it is restored, so that no maps are kept. */
async function enhance(
  model: OpenModel,
  subject: Subject,
  wanted: WantedLight,
  options: FollowOptions,
): Promise<LitPicture> {
  const { picture, transfer, levels } = subject;
  const { light, strengths } = wanted;
  const lit = createIntegerPicture(picture, levels);
  if (typeof light === "number") {
    const scene = await findMaps(model, subject, progressWithin(0, 0.9, options));
    return { picture: await relight(subject, scene, wanted, progressWithin(0.9, 1, options), lit), light };
  }
  await restore(model, subject, lightPieces(lit, { ...strengths, ...automatic }), options);
  const [before, after] = [picture, lit].map((either) => meanLuminance(either, transfer));
  return { picture: lit, light: lightOfMeans(after, before), luminance: { before, after } };
}

/** The whole field of gains, and no more. */
const automatic = { share: 1, lift: 0 };

/** What is found once for all levels. */
interface EmberScene {
  readonly maps: EmberMaps;
  readonly mixMaps: MixMaps;
  readonly levels: EmberLevels;
  readonly autoLight: number;
}

async function findMaps(model: OpenModel, subject: Subject, options: FollowOptions): Promise<EmberScene> {
  const { picture, transfer } = subject;
  const { maps, store } = createMaps(picture.width, picture.height);
  await restore(model, subject, store, options);
  const levels = measureLevels(picture, maps, transfer);
  const autoLight = Math.min(Math.max(levels.autoLight(emberStrengths), minLight), maxLight);
  return { maps, mixMaps: createMixer(picture, maps), levels, autoLight };
}

/** Lights a photo by its maps. */
async function relight(
  { picture, transfer }: Subject,
  { maps, mixMaps, levels, autoLight }: EmberScene,
  { light, strengths }: WantedLight,
  options: FollowOptions,
  lit?: Picture,
): Promise<Picture> {
  const isAuto = typeof light !== "number" || light === autoLight;
  const level = isAuto ? automatic : levels.levelOf(light, strengths);
  if (level) {
    const isForBytes = lit && heldSamples(lit).values instanceof Uint8Array;
    const mixed = isForBytes && (await follow(mixMaps(strengths), progressWithin(0, 0.3, options)));
    const wanted = { ...strengths, ...level, ...(mixed && { denoise: 1, denoiseColour: 1 }) };
    return follow(emberRelight(picture, mixed || maps, wanted, lit), progressWithin(0.3, 1, options));
  }
  const target = Number(light) * meanLuminance(picture, transfer);
  const dim = emberRelight(picture, maps, { ...strengths, share: 0, lift: 0 });
  const restored = await follow(dim, progressWithin(0, 0.5, options));
  return follow(exposeToLuminance(restored, target, transfer), progressWithin(0.5, 1, options));
}

/** Removes the noise of a photo and finds its gains, piece by piece. */
async function restore(
  model: OpenModel,
  { picture, reduction }: Subject,
  take: TakePiece,
  options: FollowOptions,
): Promise<void> {
  const overview = await follow(reduceToOverview(picture), progressWithin(0, 0.05, options));
  const { features, ...grids } = decideLight(overview, await runOverview(model, overview, options));
  const restoreRow = createRestorer(picture, grids, take);
  const following = progressWithin(0.05, 1, options);
  if (reduction !== 1) return runReduced(model, picture, { reduction, features }, restoreRow, following);
  return runAnalysis(model, picture, features, restoreRow, following);
}

async function runAnalysis(
  model: OpenModel,
  picture: Picture,
  features: ModelTensor,
  take: TakeFound,
  options: FollowOptions,
): Promise<void> {
  const inputs = { image: pictureSource(picture), features };
  const outputs = separatingSinks(picture, model.manifest.borderPx ?? 0, take);
  await model.runChain(chain, picture, { inputs, outputs }, options);
}

/** Runs the analysis on a reduced copy of the photo, and enlarges what it finds. */
async function runReduced(
  model: OpenModel,
  picture: Picture,
  { reduction, features }: { readonly reduction: number; readonly features: ModelTensor },
  restoreRow: TakeFound,
  options: FollowOptions,
): Promise<void> {
  const small = await follow(reducePhoto(picture, reduction), progressWithin(0, 0.1, options));
  const { reduced, store } = createReducedAnalysis(small);
  await runAnalysis(model, small, features, store, progressWithin(0.1, 0.8, options));
  await follow(enlargeAnalysis(picture, reduced, restoreRow), progressWithin(0.8, 1, options));
}

/** Runs the overview on the photo and its mirror image. */
async function runOverview(model: OpenModel, overview: ModelTensor, options: FollowOptions): Promise<OverviewAnswers> {
  const { features, gains, balance, saturation, black } = await model
    .part("overview")
    .compute({ overview: stackMirrored(overview) }, options);
  if (!features || !gains || !balance || !saturation || !black) {
    throw new KindlingError(
      "invalid-model",
      "The model's overview must give features, gains, balance, saturation and black. Install models of this version.",
    );
  }
  return { features, gains, balance, saturation, black };
}
