import type { ClassicalMethod } from "../classical/method.ts";
import { lumaOf } from "../colour/luma.ts";
import { meanLuminance } from "../colour/mean-luminance.ts";
import { transferOfProfile } from "../colour/transfer.ts";
import { type WorkingForm, workingFormOf } from "../colour/working-form.ts";
import { KindlingError } from "../errors.ts";
import { type FollowOptions, follow, progressWithin } from "../flow/steps.ts";
import type { Photo, SampleDepth } from "../image/photo.ts";
import { copyPicture, type Picture } from "../image/picture.ts";
import { resizePlane } from "../image/resize-plane.ts";
import type { Device, Runtime } from "../runtime/runtime.ts";
import { completeSettings, type MethodSettings } from "../settings/method-settings.ts";
import type { LightFeatures } from "./automatic-light.ts";
import { blendInStops } from "./blend-in-stops.ts";
import { enhanceVideo, type LitFrame, type VideoFrame, type VideoOptions } from "./enhance-video.ts";
import { type Light, requireLight } from "./light.ts";
import { factsOfMethod, followedBy, type MethodFacts } from "./method-facts.ts";
import type { ModelStore } from "./model-store.ts";
import type { NetworkMethod } from "./network-method.ts";
import type { Analysis, LightingOptions, LightMaps, OpenMethod, PhotoContext, WantedLight } from "./open-method.ts";
import { openModel } from "./open-model.ts";
import { plainMethod } from "./plain-method.ts";
import { noiseRemovalMethod, withoutNoise } from "./remove-noise.ts";
import { defaultStrengths, requireStrengths, type Strengths } from "./strengths.ts";

/** The method used by default. */
export const defaultMethod = "ember";

/** Memory that the run of a network may take by default, in bytes. */
const defaultMaxMemoryBytes = 1e9;

/** What to open an enhancer with; signal and progress are those of loading a network. */
export interface EnhancerOptions extends FollowOptions {
  /**
   * A classical method, a network (`kind`), or a network with certain weights (`kind.night`); each may be followed by one
   * that removes noise (`lime+bm3d`).
   */
  readonly method?: string | undefined;
  /** Settings of the method by name; those not given stay at their defaults. */
  readonly settings?: MethodSettings | undefined;
  /** Where a network runs; `auto` if not given. */
  readonly device?: Device | undefined;
  /** Threads of a network on the processor; one a core if not given. */
  readonly threads?: number | undefined;
  /**
   * Memory in bytes that a network's run may take beside the photo and what is kept of it; 1 GB if not given. Larger
   * photos are worked on in tiles that fit, with the same result.
   */
  readonly maxMemoryBytes?: number | undefined;
}

/** What networks need from the place where Kindling runs. */
export interface EnhancerPorts {
  readonly runtime: Runtime;
  readonly models: ModelStore;
  /** The network architectures that can be used. */
  readonly networks: readonly NetworkMethod[];
}

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
   * light 1; in between stops count: half of two stops is one.
   */
  readonly mask?: Picture | undefined;
  /**
   * Whether the result may take the memory of the photo, for a level that is the only one or the last: neither photo nor
   * scene can be used afterwards. Ember makes use of it.
   */
  readonly inPlace?: boolean | undefined;
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
   * @throws {KindlingError} `invalid-option` for a light outside 0.1 to 128 or a strength outside 0 to 1 or that the
   * method does not have; `cancelled` once the signal is raised.
   */
  relight(options?: RelightOptions): Promise<Photo>;

  /**
   * The photo as light as a reference of the same scene, as papers measure: KinD takes alpha from the reference's own
   * illumination and gives reflectance times light; other methods reach the reference's mean luminance. Figures made this
   * way are not those of blind use.
   *
   * @throws {KindlingError} `cancelled` once the signal is raised.
   */
  relightLike(reference: Photo, options?: FollowOptions): Promise<Photo>;

  /**
   * The photo's reflectance and illumination.
   *
   * @throws {KindlingError} `unsupported` where the method has none.
   */
  maps(): LightMaps;
}

/** A method, ready to work on photos. */
export interface Enhancer {
  /** Name of the method; of a network with the tag of its weights. */
  readonly method: string;
  /** What the method can do. */
  readonly facts: Pick<MethodFacts, "name" | "strengths" | "hasMaps" | "hasOwnLight">;
  /**
   * Does the expensive part of the work once; the photo itself is not changed.
   *
   * @throws {KindlingError} `cancelled` once the signal is raised; for networks also what their run throws, and
   * `too-large` or `invalid-option` where the memory allowed does not do.
   */
  analyse(photo: Photo, options?: AnalyseOptions): Promise<Scene>;
  /**
   * Lights the frames of a video without flicker, in bounded memory (docs/VIDEO.md).
   *
   * @throws {KindlingError} as `analyse` and `relight`; `invalid-option` for frames of different sizes.
   */
  video(frames: AsyncIterable<VideoFrame> | Iterable<VideoFrame>, options?: VideoOptions): AsyncIterable<LitFrame>;
  /** Frees a network's memory. Scenes can no longer be relit then. */
  close(): Promise<void>;
}

/**
 * Opens an enhancer, which lights dark photos by one method.
 *
 * @param ports what networks need; classical methods need nothing. The Node and browser libraries have an
 * `openEnhancer` that brings them.
 * @throws {KindlingError} `invalid-option` for an unknown method or setting, a setting out of its range, or a network
 * without ports; what loading a network throws.
 * @example
 * const enhancer = await openEnhancer({ method: "clahe", settings: { clipLimit: 3 } });
 * const scene = await enhancer.analyse(photo, { signal });
 * const [twiceAsLight, automatic] = [await scene.relight({ light: 2 }), await scene.relight()];
 * await enhancer.close();
 */
export async function openEnhancer(options: EnhancerOptions = {}, ports?: EnhancerPorts): Promise<Enhancer> {
  const facts = factsOfMethod(options.method ?? defaultMethod, ports?.networks ?? []);
  const settings = completeSettings(facts, options.settings ?? {});
  const { name, method } = await openMethod(facts, settings, options, ports);
  return enhancerOf({ ...facts, name }, method);
}

/** The enhancer of a method that is open already. */
export function enhancerOf(facts: Enhancer["facts"], method: OpenMethod): Enhancer {
  const enhancer: Enhancer = {
    method: facts.name,
    facts,
    analyse: async (photo, { depth = photo.depth, ...following } = {}) => {
      const form = workingFormOf(photo.metadata.icc);
      // Encoded again, 8 bits fall between the levels of 8 bits.
      const levels = depth === 16 || !form.isOwn ? 65535 : 255;
      const analysis = await method.analyse(form.enter(photo.picture), { levels, transfer: form.transfer }, following);
      return sceneOf({ ...photo, depth }, facts, analysis, form);
    },
    video: (frames, options = {}) => enhanceVideo(frames, enhancer, options),
    close: () => method.close(),
  };
  return enhancer;
}

async function openMethod(
  facts: MethodFacts,
  settings: MethodSettings,
  options: EnhancerOptions,
  ports: EnhancerPorts | undefined,
): Promise<{ name: string; method: OpenMethod }> {
  const { after } = facts;
  if (!after) return openFirst(facts, settings, options, ports);
  const [own, ofAfter] = splitSettings(settings, `${after.name}.`);
  const { name, method } = await openFirst(facts, own, options, ports);
  return { name: followedBy(name, after.name), method: withoutNoise(method, runFormula(after, ofAfter)) };
}

/** Opens a method without what follows it. */
async function openFirst(
  { name, made }: MethodFacts,
  settings: MethodSettings,
  { device, threads, maxMemoryBytes = defaultMaxMemoryBytes, signal, onProgress }: EnhancerOptions,
  ports: EnhancerPorts | undefined,
): Promise<{ name: string; method: OpenMethod }> {
  if (made.by === "formula") {
    const run = runFormula(made.method, settings);
    return { name: made.method.name, method: made.method.removesNoise ? noiseRemovalMethod(run) : plainMethod(run) };
  }
  // Networks come with the ports, so there is none without them.
  if (!ports) throw new KindlingError("internal", `${name}: a network without ports.`);
  const manifest = await ports.models.manifest(made.method.name, made.tag);
  const loading = { device, threads, maxMemoryBytes, signal, onProgress };
  const model = await openModel(made.method, manifest, ports, loading);
  return { name: `${manifest.network}.${manifest.tag}`, method: made.method.open(model, settings) };
}

function runFormula(method: ClassicalMethod, settings: MethodSettings) {
  return (picture: Picture, { levels }: PhotoContext, following: FollowOptions): Promise<Picture> =>
    follow(method.enhance(picture, settings, { levels }), following);
}

/** Settings without a prefix, and those with it, which is taken off. */
function splitSettings(settings: MethodSettings, prefix: string): readonly [MethodSettings, MethodSettings] {
  const entries = Object.entries(settings);
  const withPrefix = entries.filter(([name]) => name.startsWith(prefix));
  return [
    Object.fromEntries(entries.filter(([name]) => !name.startsWith(prefix))),
    Object.fromEntries(withPrefix.map(([name, value]) => [name.slice(prefix.length), value])),
  ];
}

function sceneOf(photo: Photo, facts: Enhancer["facts"], analysis: Analysis, form: WorkingForm): Scene {
  const { autoLight, ownLevels } = analysis;
  let isSpent = false;
  const relight = async (wanted: WantedLight, options: LightingOptions): Promise<Picture> => {
    if (isPhotoItself(wanted, facts)) return options.inPlace ? photo.picture : copyPicture(photo.picture);
    return form.leave(await analysis.relight(wanted, options));
  };
  const withDefaults = async (light: WantedLight["light"], following: FollowOptions) => ({
    ...photo,
    picture: await relight({ light, strengths: defaultStrengths }, following),
  });
  return {
    autoLight,
    ...(ownLevels && {
      ownLevels: {
        features: ownLevels.features,
        relight: (ownLevel: number, following: FollowOptions = {}) => withDefaults({ ownLevel }, following),
      },
    }),
    async relight({ light = "auto", mask, inPlace, signal, onProgress, ...given } = {}) {
      if (isSpent) {
        throw new KindlingError("invalid-option", "The scene was lit in place. Analyse its photo again, read anew.");
      }
      requireLight(light);
      requireStrengths(given, facts);
      isSpent = inPlace === true;
      const following = { signal, onProgress };
      const strengths = {
        denoise: given.denoise ?? defaultStrengths.denoise,
        denoiseColour: given.denoiseColour ?? defaultStrengths.denoiseColour,
        keepHighlights: given.keepHighlights ?? defaultStrengths.keepHighlights,
      };
      if (!mask) return { ...photo, picture: await relight({ light, strengths }, { ...following, inPlace }) };
      const share = await follow(
        resizePlane(lumaOf(mask), photo.picture.width, photo.picture.height),
        progressWithin(0, 0.1, following),
      );
      const unlit = form.enter(await relight({ light: 1, strengths }, progressWithin(0.1, 0.5, following)));
      const lit = form.enter(await relight({ light, strengths }, progressWithin(0.5, 0.9, following)));
      const blended = await follow(blendInStops(unlit, lit, share), progressWithin(0.9, 1, following));
      return { ...photo, picture: form.leave(blended) };
    },
    async relightLike(reference, following = {}) {
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

/** Whether the photo is wanted as it is: at its own light, with nothing taken off. */
function isPhotoItself({ light, strengths }: WantedLight, method: Pick<MethodFacts, "strengths">): boolean {
  return light === 1 && (strengths.denoise === 0 || !method.strengths.includes("denoise"));
}
