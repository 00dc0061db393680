import type { Transfer } from "../colour/transfer.ts";
import type { WorkingForm } from "../colour/working-form.ts";
import type { FollowOptions } from "../flow/steps.ts";
import type { SampleDepth } from "../image/photo.ts";
import type { Picture } from "../image/picture.ts";
import type { LightFeatures } from "./automatic-light.ts";
import type { Light } from "./light.ts";
import type { Strengths } from "./strengths.ts";

/** A level in the measure of a method's own parameter, such as KinD's alpha. */
export interface OwnLevel {
  readonly ownLevel: number;
}

/** How to light an analysed photo. */
export interface WantedLight {
  /** Own levels are given only to methods whose analysis has `ownLevels`. */
  readonly light: Light | OwnLevel;
  readonly strengths: { readonly [Name in keyof Strengths]-?: number };
}

/** A photo split into what things look like and how they are lit, as pictures of its size, 0 to 1. */
export interface LightMaps {
  /** What things look like: RGB, without noise and colour cast where the method restores it. */
  readonly reflectance: Picture;
  /** How they are lit: grey. */
  readonly illumination: Picture;
  /** The reflectance before it was restored: RGB. */
  readonly unrestored?: Picture;
}

/** What is known of a photo in the measure of a method's own parameter. */
export interface OwnLevels {
  /** Input of a model of automatic light, which predicts the own level. */
  readonly features: LightFeatures;
  /**
   * The own level that a better lit picture of the same scene stands for, where the method's paper defines one. Without
   * it a reference's mean luminance counts, as for all other methods.
   */
  levelLike?(reference: Picture, options: FollowOptions): Promise<number>;
}

/** Mean luminance of a photo and of its result, as `meanLuminance` measures it, 0 to 1. */
export interface LuminanceChange {
  readonly before: number;
  readonly after: number;
}

/** A lit picture, and the light level that it has. */
export interface LitPicture {
  readonly picture: Picture;
  readonly light: number;
  /** Where they had to be measured to know the level. */
  readonly luminance?: LuminanceChange;
}

/** A method's analysis of a photo, which can then be lit at any level. */
export interface Analysis {
  /** The level that `auto` stands for. */
  readonly autoLight: number;
  /** Left out by methods without a level of their own. */
  readonly ownLevels?: OwnLevels;
  /**
   * The photo lit: a picture of its size and channels, alpha copied, colours within 0 to 1.
   *
   * @param lit where the result may go, as `RelightOptions` has it.
   */
  relight(wanted: WantedLight, options: FollowOptions, lit?: Picture): Promise<Picture>;
  /** Left out by methods that do not split a photo. */
  maps?(): LightMaps;
}

/** What a method needs besides the pixels of a photo. */
export interface PhotoContext {
  /** Steps between black and white in the photo's file. */
  readonly levels: 255 | 65535;
  /** The tone curve of the photo's own profile. */
  readonly transfer: Transfer;
}

/** What a method needs to know of a photo in a form. */
export function contextOf({ keepsLevels, transfer }: WorkingForm, depth: SampleDepth): PhotoContext {
  // Encoded again, 8 bits fall between the levels of 8 bits.
  return { levels: depth === 16 || !keepsLevels ? 65535 : 255, transfer };
}

/** A method that is loaded and ready: what classical methods and networks both give the pipeline. */
export interface OpenMethod {
  analyse(picture: Picture, context: PhotoContext, options: FollowOptions): Promise<Analysis>;
  /**
   * Lights a photo at one level, as `analyse` and `relight` do, in less memory; left out where nothing can be saved. The photo
   * is not changed. The result may hold integers of as many steps as `context.levels`.
   */
  enhance?(picture: Picture, wanted: WantedLight, context: PhotoContext, options: FollowOptions): Promise<LitPicture>;
  /** Frees what it holds. */
  close(): Promise<void>;
}
