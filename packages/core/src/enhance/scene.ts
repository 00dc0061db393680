import { lumaOf } from "../colour/luma.ts";
import { meanLuminance } from "../colour/mean-luminance.ts";
import { transferOfProfile } from "../colour/transfer.ts";
import { type WorkingForm, workingFormOf } from "../colour/working-form.ts";
import { KindlingError } from "../errors.ts";
import { type FollowOptions, follow, progressWithin } from "../flow/steps.ts";
import { heldSamples } from "../image/integers.ts";
import type { Photo, SampleDepth } from "../image/photo.ts";
import { colourChannels, copyPicture, type Picture } from "../image/picture.ts";
import { resizePlane } from "../image/resize-plane.ts";
import { requirePicture } from "../settings/require-picture.ts";
import type { LightFeatures } from "./automatic-light.ts";
import { blendInStops } from "./blend-in-stops.ts";
import { type Light, requireLight } from "./light.ts";
import type { MethodFacts } from "./method-facts.ts";
import type { Analysis, LightMaps, WantedLight } from "./open-method.ts";
import { requirePhoto } from "./require-photo.ts";
import { completeStrengths, requireStrengths, type Strengths } from "./strengths.ts";

/** How a photo is analysed. */
export interface AnalyseOptions extends FollowOptions {
  /** Bits a sample the result shall have; the photo's own if not given. */
  readonly depth?: SampleDepth | undefined;
}

/** How an analysed photo is lit. */
export interface RelightOptions extends FollowOptions, Strengths {
  /** `auto` if not given. */
  readonly light?: Light | undefined;
  /**
   * Where the light acts: a picture of any size, stretched over the photo. White is the full effect, black the photo at
   * `lightOutside`; in between stops count: half of two stops is one.
   */
  readonly mask?: Picture | undefined;
  /** The level where the mask is black; 1, the light of the photo, if not given. Without a mask it has no effect. */
  readonly lightOutside?: Light | undefined;
  /**
   * A picture of the photo's size and colours that the result may be written to, in place of a new one, whose memory takes as
   * long to get as a quick method takes to light it. Where it holds integers, the result is rounded to these; where it has an
   * alpha channel that the photo lacks, the result is opaque. The result tells whether it is it.
   *
   * One of another size, of other colours or with too few or too many samples is `invalid-option`.
   */
  readonly lit?: Picture | undefined;
}

/** An analysed photo in the measure of its method's own parameter, such as KinD's alpha. */
export interface SceneLevels {
  /** What a model of automatic light predicts the own level from. */
  readonly features: LightFeatures;
  /** The photo at an own level, with default strengths. */
  relight(ownLevel: number, options?: FollowOptions): Promise<Photo>;
}

/** An analysed photo, which can be lit any number of times. */
export interface Scene {
  /** The level that `auto` stands for; at most that of the range of `Light`. */
  readonly autoLight: number;

  /** For `kindling fit-light`; left out by methods without a level of their own. */
  readonly ownLevels?: SceneLevels;

  /**
   * The photo at a light level, as `Light` defines it. The expensive work is done already: what is left is a small part
   * of it.
   *
   * At light 1 without denoising the samples are those of the photo. Methods without a level of their own blend photo and
   * result up to the level of their result; beyond it they expose the result further in linear light, below 1 the photo.
   *
   * @throws {KindlingError} `invalid-option` for a light outside 0.1 to 128, a strength outside 0 to 1 or that the
   * method does not have, a mask that is no picture, or a `lit` that the photo does not fit; `cancelled` once the signal is raised.
   */
  relight(options?: RelightOptions): Promise<Photo>;

  /**
   * The photo as light as a reference of the same scene, as papers measure: KinD takes alpha from the reference's own
   * illumination and gives reflectance times light; other methods reach the reference's mean luminance. Figures made this
   * way are not those of blind use.
   *
   * @throws {KindlingError} `invalid-option` for what is no photo; `cancelled` once the signal is raised.
   */
  relightLike(reference: Photo, options?: FollowOptions): Promise<Photo>;

  /**
   * The photo's reflectance and illumination.
   *
   * @throws {KindlingError} `unsupported` where the method has none.
   */
  maps(): LightMaps;
}

/**
 * Makes a scene of a method's analysis.
 *
 * @param form in which the method saw the photo.
 */
export function sceneOf(
  photo: Photo,
  facts: Pick<MethodFacts, "name" | "strengths" | "defaultStrengths">,
  analysis: Analysis,
  form: WorkingForm,
): Scene {
  const { autoLight, ownLevels } = analysis;
  const { defaultStrengths } = facts;
  const relight = async (wanted: WantedLight, options: FollowOptions, lit?: Picture): Promise<Picture> => {
    if (isPhotoItself(wanted, facts)) return copyPicture(photo.picture);
    return form.leave(await analysis.relight(wanted, options, form.isOwn ? lit : undefined));
  };
  const withDefaults = async (light: WantedLight["light"], following: FollowOptions) => {
    return { ...photo, picture: await relight({ light, strengths: defaultStrengths }, following) };
  };
  return {
    autoLight,
    ...(ownLevels && {
      ownLevels: {
        features: ownLevels.features,
        relight: (ownLevel: number, following: FollowOptions = {}) => withDefaults({ ownLevel }, following),
      },
    }),
    async relight({ light = "auto", mask, lightOutside = 1, lit: room, signal, onProgress, ...given } = {}) {
      requireLight(light);
      requireLight(lightOutside);
      requireStrengths(given, facts);
      if (mask) requirePicture("mask", mask);
      if (room) requireRoom(room, photo.picture);
      const following = { signal, onProgress };
      const strengths = completeStrengths(given, defaultStrengths);
      if (!mask) return { ...photo, picture: await relight({ light, strengths }, following, room) };
      const share = await follow(
        resizePlane(lumaOf(mask), photo.picture.width, photo.picture.height),
        progressWithin(0, 0.1, following),
      );
      const outside = form.enter(
        await relight({ light: lightOutside, strengths }, progressWithin(0.1, 0.5, following)),
      );
      const lit = form.enter(await relight({ light, strengths }, progressWithin(0.5, 0.9, following)));
      const blended = await follow(blendInStops(outside, lit, share), progressWithin(0.9, 1, following));
      return { ...photo, picture: form.leave(blended) };
    },
    async relightLike(reference, following = {}) {
      requirePhoto(reference);
      const [first, rest] = [progressWithin(0, 0.9, following), progressWithin(0.9, 1, following)];
      if (ownLevels?.levelLike) {
        const like = workingFormOf(reference.metadata.icc).enter(reference.picture);
        return withDefaults({ ownLevel: await ownLevels.levelLike(like, first) }, rest);
      }
      const [before, wanted] = [photo, reference].map(({ picture, metadata }) =>
        meanLuminance(picture, transferOfProfile(metadata.icc)),
      );
      return withDefaults(before > 0 ? wanted / before : 1, rest);
    },
    maps() {
      if (analysis.maps) return ownMaps(analysis.maps(), form);
      throw new KindlingError(
        "unsupported",
        `${facts.name} does not split a photo into reflectance and illumination. Choose a method that does, such as kind.`,
      );
    },
  };
}

/** What things look like in the photo's own form, as its profile says; how they are lit in the form methods see. */
function ownMaps({ reflectance, illumination, unrestored }: LightMaps, form: WorkingForm): LightMaps {
  return {
    reflectance: form.leave(reflectance),
    illumination,
    ...(unrestored && { unrestored: form.leave(unrestored) }),
  };
}

/** Checks that a picture has room for the result of a photo. */
function requireRoom(room: Picture, photo: Picture): void {
  const lengthOf = ({ width, height, channels }: Picture) => width * height * channels;
  const { length } = heldSamples(room).values;
  const isAlike = (["width", "height"] as const).every((side) => room[side] === photo[side]);
  if (isAlike && colourChannels(room) === colourChannels(photo) && length === lengthOf(room)) return;
  const describe = ({ width, height, channels }: Picture) => `${width} x ${height} pixels of ${channels} channels`;
  throw new KindlingError(
    "invalid-option",
    `lit: expected a picture of ${describe(photo)}, which are ${lengthOf(photo)} samples, or of these with alpha; got ${describe(room)} with ${length} samples.`,
  );
}

/** Whether the photo is wanted as it is: at its own light, with nothing taken off. */
export function isPhotoItself({ light, strengths }: WantedLight, method: Pick<MethodFacts, "strengths">): boolean {
  return light === 1 && (strengths.denoise === 0 || !method.strengths.includes("denoise"));
}
