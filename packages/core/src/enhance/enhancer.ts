import type { ClassicalMethod } from "../classical/method.ts";
import { formOfPhoto } from "../colour/form-of-photo.ts";
import { KindlingError } from "../errors.ts";
import { type FollowOptions, follow } from "../flow/steps.ts";
import type { Photo } from "../image/photo.ts";
import type { Picture } from "../image/picture.ts";
import { type Device, devices, type Runtime } from "../runtime/runtime.ts";
import { completeSettings, type MethodSettings } from "../settings/method-settings.ts";
import { invalidValue, requireOneOf } from "../settings/require-value.ts";
import { type EnhancedPhoto, type EnhanceOptions, enhanceOnce } from "./enhance-once.ts";
import { enhanceVideo, type LitFrame, type VideoFrame, type VideoOptions } from "./enhance-video.ts";
import { factsOfMethod, followedBy, type MethodFacts } from "./method-facts.ts";
import type { ModelStore } from "./model-store.ts";
import type { NetworkMethod } from "./network-method.ts";
import { contextOf, type OpenMethod, type PhotoContext } from "./open-method.ts";
import { openModel } from "./open-model.ts";
import { plainMethod } from "./plain-method.ts";
import { noiseRemovalMethod, withoutNoise } from "./remove-noise.ts";
import { requirePhoto } from "./require-photo.ts";
import { type AnalyseOptions, type Scene, sceneOf } from "./scene.ts";

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

/** A method, ready to work on photos. */
export interface Enhancer {
  /** Name of the method; of a network with the tag of its weights. */
  readonly method: string;
  /** What the method can do. */
  readonly facts: Pick<MethodFacts, "name" | "options" | "strengths" | "defaultStrengths" | "hasMaps" | "hasOwnLight">;
  /**
   * Does the expensive part of the work once; the photo itself is not changed.
   *
   * @throws {KindlingError} `invalid-option` after `close` and for what is no photo; `cancelled` once the signal is raised; for networks also what their run throws, and
   * `too-large` or `invalid-option` where the memory allowed does not do.
   */
  analyse(photo: Photo, options?: AnalyseOptions): Promise<Scene>;
  /**
   * Lights a photo at one level: what `analyse` and `relight` give, to half a step of the result's depth. Ember takes less memory
   * for it, least at `auto`, where it keeps nothing but the result. The photo is not changed.
   *
   * @throws {KindlingError} as `analyse` and `relight`.
   */
  enhance(photo: Photo, options?: EnhanceOptions): Promise<EnhancedPhoto>;
  /**
   * Lights the frames of a video without flicker, in bounded memory (docs/VIDEO.md).
   *
   * @throws {KindlingError} as `analyse` and `relight`; `invalid-option` for frames of different sizes.
   */
  video(frames: AsyncIterable<VideoFrame> | Iterable<VideoFrame>, options?: VideoOptions): AsyncIterable<LitFrame>;
  /** Frees a network's memory. The enhancer and its scenes can no longer be used then. */
  close(): Promise<void>;
}

/**
 * Opens an enhancer, which lights dark photos by one method.
 *
 * @param ports what networks need; classical methods need nothing. The Node and browser libraries have an
 * `openEnhancer` that brings them.
 * @throws {KindlingError} `invalid-option` for an unknown method, setting or device, a setting out of its range, or a network
 * without ports; what loading a network throws.
 * @example
 * const enhancer = await openEnhancer({ method: "clahe", settings: { clipLimit: 3 } });
 * const scene = await enhancer.analyse(photo, { signal });
 * const [twiceAsLight, automatic] = [await scene.relight({ light: 2 }), await scene.relight()];
 * await enhancer.close();
 */
export async function openEnhancer(options: EnhancerOptions = {}, ports?: EnhancerPorts): Promise<Enhancer> {
  const { device, maxMemoryBytes } = options;
  if (device !== undefined) requireOneOf("device", device, devices);
  if (maxMemoryBytes !== undefined && !(typeof maxMemoryBytes === "number" && maxMemoryBytes >= 0)) {
    throw invalidValue("maxMemoryBytes", "a number of bytes", maxMemoryBytes);
  }
  const facts = factsOfMethod(options.method ?? defaultMethod, ports?.networks ?? []);
  const settings = completeSettings(facts, options.settings ?? {});
  const { name, method } = await openMethod(facts, settings, options, ports);
  return enhancerOf({ ...facts, name }, method);
}

/** The enhancer of a method that is open already. */
export function enhancerOf(facts: Enhancer["facts"], method: OpenMethod): Enhancer {
  let isClosed = false;
  const requireOpen = () => {
    if (isClosed)
      throw new KindlingError("invalid-option", `This enhancer (${facts.name}) is closed. Open another one.`);
  };
  const enhancer: Enhancer = {
    method: facts.name,
    facts,
    analyse: async (photo, options = {}) => {
      requireOpen();
      requirePhoto(photo);
      const { depth = photo.depth, ...following } = options;
      const form = formOfPhoto(photo.picture, photo.metadata.icc);
      const analysis = await method.analyse(form.enter(photo.picture), contextOf(form, depth), following);
      return sceneOf({ ...photo, depth }, facts, analysis, form);
    },
    enhance: async (photo, options = {}) => {
      requireOpen();
      requirePhoto(photo);
      return enhanceOnce(photo, enhancer, method, options);
    },
    video: (frames, options = {}) => enhanceVideo(frames, enhancer, options),
    close: () => {
      isClosed = true;
      return method.close();
    },
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
