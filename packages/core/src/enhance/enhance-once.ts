import { formOfPhoto } from "../colour/form-of-photo.ts";
import { progressWithin } from "../flow/steps.ts";
import type { Photo } from "../image/photo.ts";
import { requirePicture } from "../settings/require-picture.ts";
import { requireLight } from "./light.ts";
import type { MethodFacts } from "./method-facts.ts";
import { contextOf, type LuminanceChange, type OpenMethod } from "./open-method.ts";
import { type AnalyseOptions, isPhotoItself, type RelightOptions, type Scene } from "./scene.ts";
import { completeStrengths, requireStrengths } from "./strengths.ts";

/** How a photo is enhanced at one light level. */
export interface EnhanceOptions extends AnalyseOptions, RelightOptions {}

/** An enhanced photo. */
export interface EnhancedPhoto {
  readonly photo: Photo;
  /** Its light level: the one asked for, or the one that `auto` found. */
  readonly light: number;
  /** Mean luminance before and after where it is known already: to measure it takes two passes over all pixels. */
  readonly luminance?: LuminanceChange;
}

/** What lights a photo where its method has no shorter way. */
interface EnhancesByScene {
  readonly facts: Pick<MethodFacts, "name" | "strengths" | "defaultStrengths">;
  analyse(photo: Photo, options: AnalyseOptions): Promise<Scene>;
}

/** Share of the work that analysing takes. */
const analysisShare = 0.9;

/** Enhances a photo by the shortest way that its method has. */
export async function enhanceOnce(
  photo: Photo,
  enhancer: EnhancesByScene,
  method: OpenMethod,
  options: EnhanceOptions,
): Promise<EnhancedPhoto> {
  const { depth = photo.depth, light = "auto", mask, lightOutside = 1, signal, onProgress, ...given } = options;
  const { facts } = enhancer;
  if (mask) requirePicture("mask", mask);
  requireLight(light);
  requireLight(lightOutside);
  requireStrengths(given, facts);
  const following = { signal, onProgress };
  const wanted = { light, strengths: completeStrengths(given, facts.defaultStrengths) };
  if (isPhotoItself(wanted, facts) && (!mask || lightOutside === 1)) {
    onProgress?.(1);
    return { photo: { ...photo, depth }, light: 1 };
  }
  if (method.enhance && !mask) {
    const form = formOfPhoto(photo.picture, photo.metadata.icc);
    const { picture, ...found } = await method.enhance(
      form.enter(photo.picture),
      wanted,
      contextOf(form, depth),
      following,
    );
    return { ...found, photo: { ...photo, depth, picture: form.leave(picture) } };
  }
  const scene = await enhancer.analyse(photo, { depth, ...progressWithin(0, analysisShare, following) });
  const lit = await scene.relight({
    light,
    mask,
    lightOutside,
    ...given,
    ...progressWithin(analysisShare, 1, following),
  });
  onProgress?.(1);
  return { photo: lit, light: light === "auto" ? scene.autoLight : light };
}
