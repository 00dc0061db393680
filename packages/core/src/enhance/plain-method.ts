import { meanLuminance } from "../colour/mean-luminance.ts";
import type { Transfer } from "../colour/transfer.ts";
import { type FollowOptions, follow, type Steps } from "../flow/steps.ts";
import type { Picture } from "../image/picture.ts";
import { subsample } from "../image/subsample.ts";
import { blendInStops } from "./blend-in-stops.ts";
import { exposeToLuminance } from "./exposure.ts";
import { lightOfMeans } from "./light.ts";
import { type CurvePoint, readPosition } from "./measured-curve.ts";
import type { Analysis, OpenMethod, PhotoContext } from "./open-method.ts";

/** Steps of the curve between photo and result. */
const curveSteps = 16;

/**
 * A method without a light level of its own: its result is what `auto` gives. Levels between the photo's and that of the
 * result are a blend of both in stops; levels beyond are the nearer of them at another exposure in linear light.
 *
 * @param enhance from picture to picture.
 */
export function plainMethod(
  enhance: (picture: Picture, context: PhotoContext, options: FollowOptions) => Promise<Picture>,
  close: () => Promise<void> = async () => undefined,
): OpenMethod {
  return {
    analyse: async (picture, context, options) =>
      plainAnalysis(picture, await enhance(picture, context, options), context.transfer),
    close,
  };
}

/** The analysis of a photo whose one result is `lit`. */
export function plainAnalysis(photo: Picture, lit: Picture, transfer: Transfer): Analysis {
  const [before, after] = [meanLuminance(photo, transfer), meanLuminance(lit, transfer)];
  const [darker, lighter] = before <= after ? [photo, lit] : [lit, photo];
  const [least, most] = [Math.min(before, after), Math.max(before, after)];
  let curve: readonly CurvePoint[] | undefined;
  return {
    autoLight: lightOfMeans(after, before),
    async relight({ light }, options) {
      const target = typeof light === "number" ? light * before : after;
      if (target === after) return lit;
      if (target <= least) return follow(exposeToLuminance(darker, target, transfer), options);
      if (target >= most) return follow(exposeToLuminance(lighter, target, transfer), options);
      curve ??= await follow(measureBlends([darker, least], [lighter, most], transfer), { signal: options.signal });
      return follow(blendInStops(darker, lighter, readPosition(curve, target)), options);
    },
  };
}

/** Measures blends on a subsample, and scales them to the known means of the whole pictures. */
function* measureBlends(
  [darker, least]: readonly [Picture, number],
  [lighter, most]: readonly [Picture, number],
  transfer: Transfer,
): Steps<readonly CurvePoint[]> {
  const [from, to] = [sample(darker), sample(lighter)];
  // Of a black picture the quotient is not a number; the mean then stays as it is.
  const fromScale = least / meanLuminance(from, transfer);
  const toScale = most / meanLuminance(to, transfer);
  const points: CurvePoint[] = [];
  for (let i = 0; i <= curveSteps; i++) {
    const position = i / curveSteps;
    const mean = meanLuminance(yield* blendInStops(from, to, position), transfer);
    const scale = fromScale ** (1 - position) * toScale ** position;
    points.push({ position, mean: Number.isFinite(scale) ? mean * scale : mean });
  }
  return points;
}

function sample(picture: Picture): Picture {
  const samples = subsample(picture, picture.samples, picture.channels);
  return { ...picture, width: samples.length / picture.channels, height: 1, samples };
}
