import { checkedSettings, type MethodSettings } from "../classical/method.ts";
import { findMethod } from "../classical/registry.ts";
import { transferOfProfile } from "../colour/transfer.ts";
import type { Photo, SampleDepth } from "../image/photo.ts";
import { exposeToIllumination, meanIllumination } from "./exposure.ts";
import { type Light, requireLight } from "./light.ts";
import { type FollowOptions, follow } from "./steps.ts";

/** Method used when none is asked for. */
export const defaultMethod = "lime";

/** What to open an enhancer with. */
export interface EnhancerOptions {
  /** Name of a method (`kindling methods` lists them); `lime` if not given. */
  readonly method?: string | undefined;
  /** Settings of the method by name; those not given stay at their defaults. */
  readonly settings?: MethodSettings | undefined;
}

/** How a photo is analysed. */
export interface AnalyseOptions extends FollowOptions {
  /** Bits a sample the result shall have; the photo's own if not given. */
  readonly depth?: SampleDepth | undefined;
}

/** How an analysed photo is lit. */
export interface RelightOptions extends FollowOptions {
  /** `auto` if not given. */
  readonly light?: Light | undefined;
}

/** An analysed photo, to be lit as often as one likes. */
export interface Scene {
  /**
   * The photo at a light level. The expensive work is done already: this costs one pass over the pixels.
   *
   * Classical methods have no level of their own: another ratio than `auto` is reached by exposure in linear light,
   * clipping at white, so a bright photo ends below the ratio asked for.
   *
   * @throws {KindlingError} `invalid-option` for a light outside 0 to 5, `cancelled` once the signal is raised.
   */
  relight(options?: RelightOptions): Promise<Photo>;
}

/** A method, ready to work on photos. */
export interface Enhancer {
  /** Name of the method. */
  readonly method: string;
  /**
   * Does the expensive part of the work once; the photo itself is not changed.
   *
   * @throws {KindlingError} `cancelled` once the signal is raised.
   */
  analyse(photo: Photo, options?: AnalyseOptions): Promise<Scene>;
}

/**
 * Opens an enhancer: the one way from a dark photo to a good one.
 *
 * @throws {KindlingError} `invalid-option` for an unknown method or setting, or a setting out of its range.
 */
export async function openEnhancer(options: EnhancerOptions = {}): Promise<Enhancer> {
  const method = findMethod(options.method ?? defaultMethod);
  const settings = checkedSettings(method, options.settings ?? {});
  return {
    method: method.name,
    analyse: async (photo, { depth = photo.depth, ...following } = {}) => {
      const levels = depth === 16 ? 65535 : 255;
      const lit: Photo = {
        ...photo,
        depth,
        picture: await follow(method.enhance(photo.picture, settings, { levels }), following),
      };
      const illumination = meanIllumination(photo.picture);
      return {
        relight: async ({ light = "auto", ...relighting } = {}) => {
          requireLight(light);
          if (light === "auto") return lit;
          const transfer = transferOfProfile(photo.metadata.icc);
          const picture = await follow(exposeToIllumination(lit.picture, light * illumination, transfer), relighting);
          return { ...lit, picture };
        },
      };
    },
  };
}
