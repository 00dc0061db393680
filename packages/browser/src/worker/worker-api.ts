import type {
  Device,
  EncodedPhoto,
  Enhancer,
  ErrorCode,
  Light,
  MethodSettings,
  PhotoFormat,
  SampleDepth,
  Strengths,
} from "@kindling/core";
import type { PhotoFrame } from "../photo/frame.ts";
import type { Histogram } from "../photo/histogram.ts";
import type { Look } from "../photo/look.ts";
import type { WritableFormat } from "../photo/writable-formats.ts";

/** Value or error of a call to the worker: errors cross as data, because structured cloning would drop their code. */
export type Outcome<Value> =
  | { readonly value: Value }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } };

/** A picture ready for the screen. */
export interface View {
  /** For `transferFromImageBitmap` or `drawImage`; close it when it is no longer shown. */
  readonly bitmap: ImageBitmap;
  readonly histogram: Histogram;
}

/** A photo in the worker, described for the page. */
export interface PhotoSummary {
  readonly id: number;
  /** Size of the working picture, reduced if the photo has more pixels than requested (px). */
  readonly width: number;
  readonly height: number;
  /** Size of the photo in its file, upright (px). */
  readonly originalSize: { readonly width: number; readonly height: number };
  readonly format: PhotoFormat;
  readonly depth: SampleDepth;
  /** Changes made while reading, such as a conversion from CMYK. */
  readonly notes: readonly string[];
  readonly view: View;
}

/** How a photo is read. */
export interface ReadOptions {
  /** Larger photos are reduced to this many pixels; without it photos keep their size. */
  readonly maxPixels?: number | undefined;
  /** Larger photos are refused; default 64 (1 = 1,000,000 pixels). */
  readonly maxMegapixels?: number | undefined;
}

/** How a photo is analysed. */
export interface SceneOptions {
  /** Name of a method or network, such as `kind` or `ember.fastest`; default: the first of the enhancer's methods. */
  readonly method?: string | undefined;
  /** Settings of the method by name, those of its `options`; those not given stay at their defaults. */
  readonly settings?: MethodSettings | undefined;
}

/** An analysed photo in the worker and the abilities of its method, described for the page. */
export interface SceneSummary extends MethodAbilities {
  readonly id: number;
  /** The level that `auto` stands for. */
  readonly autoLight: number;
}

/** Where the light acts, in stops: 0 is the level outside, 255 is the full effect. Any size; stretched over the photo. */
export interface LightMask {
  readonly width: number;
  readonly height: number;
  /** `height * width` values, rows from the top. */
  readonly values: Uint8Array;
}

/** How an analysed photo is lit. */
export interface LightOptions extends Strengths, Look {
  /** Mean luminance of the result over the photo's, from `minLight` to `maxLight`, or `auto`, the default. */
  readonly light?: Light | undefined;
  /** Where the light acts; default: everywhere. */
  readonly mask?: LightMask | undefined;
  /** The level where the mask is 0; default 1, the light of the photo. */
  readonly lightOutside?: Light | undefined;
}

/** Reflectance and illumination of a photo, for the screen. */
export interface MapViews {
  readonly reflectance: View;
  readonly illumination: View;
}

/** How a result is written. Format and metadata are the photo's own unless given. */
export interface SaveOptions extends LightOptions {
  readonly format?: WritableFormat | undefined;
  /** Quality of JPEG, WebP and AVIF, 1 to 100; default: `defaultQuality`. */
  readonly quality?: number | undefined;
  /** What part is kept and how it is turned; default: all, as it is. The mask covers the photo before it is framed. */
  readonly frame?: PhotoFrame | undefined;
  /** Longest side of the result (px): a larger one is reduced; default: as large as the photo. */
  readonly maxSidePx?: number | undefined;
  /** Whether coordinates are removed from the metadata; default false. */
  readonly withoutPlace?: boolean | undefined;
}

/** How a photo is read, enhanced and written at once. */
export interface EnhanceFileOptions extends SceneOptions, SaveOptions, Pick<ReadOptions, "maxMegapixels"> {}

/** A written result. */
export interface SavedPhoto {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: PhotoFormat;
  /** Parts of the photo that the format cannot hold. */
  readonly leftOut: EncodedPhoto["leftOut"];
}

/** A video in the worker, described for the page. */
export interface VideoSummary {
  readonly id: number;
  /** Size as displayed, upright (px). */
  readonly width: number;
  readonly height: number;
  /** Time of the first frame (s), mostly 0. */
  readonly start: number;
  /** Time of the end of the last frame (s). */
  readonly end: number;
  readonly hasSound: boolean;
}

/** Containers that videos are saved in. */
export type VideoContainer = "mp4" | "webm";

/** How a video is lit and saved. */
export interface SaveVideoOptions extends Strengths, Look {
  /** Name of a method or network; default: the first of the enhancer's methods. */
  readonly method?: string | undefined;
  /** The light of every frame; `auto` if not given: what the method chooses, held over time. */
  readonly light?: Light | undefined;
  /** Share of the noise that goes where other frames show the same, 0 to 1; default 1. */
  readonly denoiseOverTime?: number | undefined;
  /** Frames after each frame whose light counts for it, 0 to 120; default 12. They wait in memory, 7 bytes a pixel. */
  readonly lookaheadFrames?: number | undefined;
  /** What part is kept and how it is turned; default: all, as it is. */
  readonly frame?: PhotoFrame | undefined;
  /** Default: `webm` for a WebM, else `mp4`. */
  readonly container?: VideoContainer | undefined;
  /** Whether tags that only the file's container knows, such as coordinates, are left out; default false. */
  readonly withoutPlace?: boolean | undefined;
}

/** A written video, in the worker's words. */
export interface VideoResult {
  readonly file: Blob;
  readonly container: VideoContainer;
  /** Such as `avc` (H.264) or `vp9`. */
  readonly codec: string;
  readonly frames: number;
  /** Shots between cuts. */
  readonly shots: number;
  /** What the result lacks of the file, such as `sound` that the browser could not convert. */
  readonly leftOut: readonly string[];
}

/** How a worker is set up. */
export interface WorkerSettings {
  /** Where networks run; default `auto`. */
  readonly device?: Device | undefined;
  /** Folder of the models' files; without it only classical methods are available. */
  readonly modelsUrl?: string | undefined;
}

/** What a method can do. */
export type MethodAbilities = Omit<Enhancer["facts"], "name">;

/** A method that photos can be analysed with. */
export interface MethodSummary extends MethodAbilities {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Whether it is a network, whose files must be fetched first. */
  readonly isNetwork: boolean;
  /** Size of these files; 0 for classical methods. */
  readonly bytes: number;
  /** Size of the runtime that networks share, fetched with the first of them; 0 for methods that need none, as Ember does. */
  readonly runtimeBytes: number;
  /** Terms of a network's weights. */
  readonly licence?: string;
}

/**
 * Calls that the worker answers. A call that takes a `task` is cancelled by that number; photos and scenes stay in the
 * worker under their `id` until they are closed.
 */
export interface WorkerApi {
  setUp(settings: WorkerSettings): Promise<Outcome<readonly MethodSummary[]>>;
  read(task: number, file: Blob, name: string, options: ReadOptions): Promise<Outcome<PhotoSummary>>;
  analyse(
    task: number,
    photo: number,
    options: SceneOptions,
    onProgress: ((done: number) => void) | undefined,
  ): Promise<Outcome<SceneSummary>>;
  enhance(
    task: number,
    file: Blob,
    name: string,
    options: EnhanceFileOptions,
    onProgress: ((done: number) => void) | undefined,
  ): Promise<Outcome<SavedPhoto>>;
  relight(task: number, scene: number, options: LightOptions): Promise<Outcome<View>>;
  maps(task: number, scene: number): Promise<Outcome<MapViews>>;
  save(
    task: number,
    scene: number,
    options: SaveOptions,
    onProgress: ((done: number) => void) | undefined,
  ): Promise<Outcome<SavedPhoto>>;
  estimate(task: number, scene: number, options: SaveOptions, pixels: number): Promise<Outcome<number>>;
  openVideo(task: number, file: Blob, name: string): Promise<Outcome<VideoSummary>>;
  videoFrame(task: number, video: number, seconds: number, options: ReadOptions): Promise<Outcome<PhotoSummary>>;
  saveVideo(
    task: number,
    video: number,
    resultName: string,
    options: SaveVideoOptions,
    onProgress: ((done: number, frames: number) => void) | undefined,
  ): Promise<Outcome<VideoResult>>;
  check(task: number, file: Blob, name: string): Promise<Outcome<void>>;
  /** Aborts the signal of a task; without effect once the task has ended. */
  cancel(task: number): void;
  /** Frees the memory of photos, scenes and videos. */
  close(...ids: number[]): void;
}
