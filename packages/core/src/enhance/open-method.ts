import type { Transfer } from "../colour/transfer.ts";
import type { FollowOptions } from "../flow/steps.ts";
import type { Picture, Plane } from "../image/picture.ts";
import type { LightFeatures } from "./automatic-light.ts";
import type { Light } from "./light.ts";
import type { Strengths } from "./strengths.ts";

/** How to light an analysed photo. */
export interface WantedLight {
  readonly light: Light;
  /** Where the light acts, of the photo's size: 1 fully, 0 not at all. */
  readonly mask?: Plane | undefined;
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

/** A method's analysis of a photo, which can then be lit at any level. */
export interface Analysis {
  /** The level that `auto` stands for: the ratio of illuminations that the method chooses. */
  readonly autoLight: number;
  /** Input of a model of automatic light; left out by methods without a level of their own. */
  readonly lightFeatures?: LightFeatures;
  /** The photo lit: a new picture of its size and channels, alpha copied, colours within 0 to 1. */
  relight(wanted: WantedLight, options: FollowOptions): Promise<Picture>;
  /** The ratio by which a better lit picture of the same scene is lighter, as the method counts light. */
  lightOf(reference: Picture, options: FollowOptions): Promise<number>;
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

/** A method that is loaded and ready: what classical methods and networks both give the pipeline. */
export interface OpenMethod {
  analyse(picture: Picture, context: PhotoContext, options: FollowOptions): Promise<Analysis>;
  /** Frees what it holds. */
  close(): Promise<void>;
}
