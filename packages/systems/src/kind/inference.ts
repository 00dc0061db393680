import {
  copyPicture,
  createPlane,
  defaultStrengths,
  type FollowOptions,
  follow,
  type LightMaps,
  type NetworkMethod,
  type Picture,
  type Plane,
} from "@kindling/core";
import {
  type Analysis,
  type CurvePoint,
  colourChannels,
  exposeToLuminance,
  lightFeatures,
  lightOfMeans,
  meanLuminance,
  type OpenModel,
  pictureOfPlanes,
  pictureSource,
  planesSink,
  predictLight,
  progressWithin,
  rangeShare,
  readMean,
  readPosition,
  type Stretch,
  type Transfer,
} from "@kindling/core/internal";
import { defaultRatio, greatestRatio, leastRange, ratioFloor } from "./facts.ts";
import { chooseCopy, measureAlphas } from "./levels.ts";
import { paper } from "./paper.ts";
import { type KindLayers, lightRestored, lightUnrestored } from "./relight.ts";

/**
 * KinD: decomposition and restoration once, in the photo's analysis; relighting runs only the adjustment.
 *
 * The photo is stretched to its full range by its least and greatest value, and the result stays stretched; a frame that
 * shows nothing is not. KinD's own level
 * is alpha, the ratio of illumination maps in the paper. `auto` is the alpha of the setting, or that of the automatic light
 * in the model's manifest, or 5, the default of the authors' code; its result at full denoising is the network's own.
 * Other light levels take the alpha that comes nearest on a reduced copy, and exposure in linear light for the rest.
 *
 * `keepHighlights` 1 is the blend of the authors' evaluate.py, 0 the paper's reflectance times adjusted illumination.
 * Without denoising the result is the photo times the quotient of its illuminations at this level and at light 1.
 *
 * Source: Zhang, Zhang and Guo, "Kindling the Darkness", ACM MM 2019, arXiv 1905.04161, and the authors' code.
 */
export const kind: NetworkMethod = {
  name: "kind",
  paper,
  options: {
    alpha: {
      default: 0,
      min: 0,
      max: greatestRatio,
      about: "KinD's own light level, where --light is auto: 5 in the authors' code; 0 chooses by the picture.",
    },
  },
  strengths: ["denoise", "keepHighlights"],
  hasMaps: true,
  hasOwnLight: true,
  // 1,200 in four fifths of the memory and 500 in the rest: small tiles cost the relighting nothing, its halo is 4 px.
  bytesPerPixel: { analysis: 1500, relight: 2500 },
  // Eight planes of floats: the reflectance as split and as restored, the illumination, the guard.
  keptBytesPerPixel: 32,
  open: (model, { alpha = 0 }) => ({
    analyse: (picture, { transfer }, options) => analyse(model, { picture, transfer, alpha }, options),
    close: () => model.close(),
  }),
};

/** A photo to analyse: alpha is that of `auto`, 0 for the model's choice. */
interface Subject {
  readonly picture: Picture;
  readonly transfer: Transfer;
  readonly alpha: number;
}

async function analyse(
  model: OpenModel,
  { picture, transfer, alpha }: Subject,
  options: FollowOptions,
): Promise<Analysis> {
  const stretch = stretchOf(picture);
  const layers = await split(model, picture, stretch, progressWithin(0, 0.98, options));
  const { light: automatic } = model.manifest;
  const features = lightFeatures(picture, layers.illumination);
  const autoAlpha = alpha || (automatic ? predictLight(automatic, features) : defaultRatio);
  const before = meanLuminance(picture, transfer);
  const copy = chooseCopy(picture);
  const analysed = { picture, stretch, layers };
  const curves = new Map<number, readonly CurvePoint[]>();
  /** The light by alpha, measured once for each strength. */
  const curveAt = async (keepHighlights: number, following: FollowOptions) => {
    const known = curves.get(keepHighlights);
    if (known) return known;
    const light = (level: number, lit: Picture) =>
      lightRestored(model, { ...analysed, place: copy }, { level, keepHighlights }, lit, { signal: following.signal });
    const curve = await measureAlphas(picture, copy, [autoAlpha], transfer, light);
    curves.set(keepHighlights, curve);
    return curve;
  };
  const measured = await curveAt(defaultStrengths.keepHighlights, options);
  const autoLight = lightOfMeans(readMean(measured, autoAlpha), 1);
  return {
    autoLight,
    ownLevels: {
      features,
      async levelLike(reference, following) {
        const { illumination } = await split(model, reference, stretchOf(reference), following);
        return meanRatio(illumination, layers.illumination);
      },
    },
    async relight({ light, strengths: { denoise, keepHighlights } }, following) {
      const isNumber = typeof light === "number" && light !== autoLight;
      const curve = await curveAt(keepHighlights, following);
      const own = isNumber ? readPosition(curve, light) : typeof light === "object" ? light.ownLevel : autoAlpha;
      const level = { level: own, keepHighlights };
      let lit = copyPicture(picture);
      if (denoise > 0) await lightRestored(model, analysed, level, lit, progressWithin(0, 0.5, following));
      if (denoise < 1) {
        const asItIs = readPosition(curve, 1);
        const raw = await lightUnrestored(model, analysed, level, asItIs, progressWithin(0.5, 0.9, following));
        lit = denoise > 0 ? mix(raw, lit, denoise) : raw;
      }
      if (!isNumber && denoise === 1) return lit;
      // Without denoising `auto` is as light as with it.
      const wanted = isNumber ? light : readMean(curve, own);
      return follow(exposeToLuminance(lit, wanted * before, transfer), progressWithin(0.9, 1, following));
    },
    maps: () => mapsOf(layers),
  };
}

async function split(
  model: OpenModel,
  picture: Picture,
  stretch: Stretch,
  options: FollowOptions,
): Promise<KindLayers> {
  const { width, height } = picture;
  const planes = (count: number) => Array.from({ length: count }, () => createPlane(width, height));
  const [reflectance, restored, illumination, guard] = [planes(3), planes(3), planes(1), planes(1)];
  const outputs = {
    reflectance: planesSink(reflectance),
    restored: planesSink(restored),
    illumination: planesSink(illumination),
    guard: planesSink(guard),
  };
  await model.part("analysis").run(picture, { inputs: { image: pictureSource(picture, stretch) }, outputs }, options);
  return { reflectance, restored, illumination: illumination[0], guard: guard[0] };
}

/**
 * Finds the stretch by the least and greatest value over all colours; a range below `leastRange` counts as that. Frames that
 * show nothing stay as they are, which the authors' code stretches too: see `rangeShare`.
 */
function stretchOf(picture: Picture): Stretch {
  const { samples, channels } = picture;
  const colours = colourChannels(picture);
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (let pixel = 0; pixel < samples.length; pixel += channels) {
    for (let i = pixel; i < pixel + colours; i++) {
      if (samples[i] < least) least = samples[i];
      if (samples[i] > greatest) greatest = samples[i];
    }
  }
  const share = rangeShare(picture);
  return { least: share * least, range: share * Math.max(greatest - least, leastRange) + (1 - share) };
}

/** Computes KinD's alpha with a reference: the mean over the pixels of L_high / (L_low + 0.0001). */
function meanRatio(high: Plane, low: Plane): number {
  return high.values.reduce((sum, light, i) => sum + light / (low.values[i] + ratioFloor), 0) / high.values.length;
}

function mapsOf({ reflectance, restored, illumination }: KindLayers): LightMaps {
  return {
    reflectance: pictureOfPlanes(restored),
    illumination: pictureOfPlanes([illumination]),
    unrestored: pictureOfPlanes(reflectance),
  };
}

/** Between two pictures, the share of the second. */
function mix(from: Picture, to: Picture, share: number): Picture {
  return { ...from, samples: from.samples.map((value, i) => value + share * (to.samples[i] - value)) };
}
