import type { ErrorCode, PhotoFormat, StrengthName, Strengths } from "@kindling/core";
import type { Histogram } from "../photo/histogram.ts";

/** What a call to the worker came to: errors cross as data, because structured cloning would drop their code. */
export type Outcome<Value> =
  | { readonly value: Value }
  | { readonly error: { readonly code: ErrorCode; readonly message: string } };

/** A picture ready for the screen. */
export interface View {
  /** For `transferFromImageBitmap` or `drawImage`; close it when it is no longer shown. */
  readonly bitmap: ImageBitmap;
  readonly histogram: Histogram;
}

/** What is told of a photo that was read. */
export interface PhotoSummary {
  readonly id: number;
  /** Size of the working picture, reduced where the photo is larger than was asked for (px). */
  readonly width: number;
  readonly height: number;
  /** Size of the photo in its file, upright (px). */
  readonly fullSize: { readonly width: number; readonly height: number };
  readonly format: PhotoFormat;
  readonly depth: 8 | 16;
  /** What had to be changed on the way in. */
  readonly notes: readonly string[];
  readonly view: View;
}

/** How a photo is read. */
export interface ReadOptions {
  /** Larger photos are reduced to this many pixels; as they are if not given. */
  readonly maxPixels?: number | undefined;
  /** Larger photos are refused; 64 if not given. */
  readonly maxMegapixels?: number | undefined;
}

/** How a photo is analysed. */
export interface SceneOptions {
  /** Name of a method or network; the first of the enhancer's methods if not given. */
  readonly method?: string | undefined;
}

/** What is told of a photo that was analysed. */
export interface SceneSummary {
  readonly id: number;
  /** The level that `auto` stands for: the wanted ratio of illuminations. */
  readonly autoLight: number;
  /** What the method can do more or less strongly. */
  readonly strengths: readonly StrengthName[];
  /** Whether the photo was taken apart into reflectance and illumination. */
  readonly hasMaps: boolean;
}

/** Where the light acts: 0 leaves the light as it is, 255 is the full effect. Any size; stretched over the photo. */
export interface LightMask {
  readonly width: number;
  readonly height: number;
  /** `height * width` values, rows from the top. */
  readonly values: Uint8Array;
}

/** How an analysed photo is lit. */
export interface LightOptions extends Strengths {
  /** Wanted ratio of the illumination to the photo's, 0 to 5, or `auto`, the default. */
  readonly light?: "auto" | number | undefined;
  /** Where the light acts; everywhere if not given. */
  readonly mask?: LightMask | undefined;
}

/** A photo taken apart, for the screen. */
export interface MapViews {
  readonly reflectance: View;
  readonly illumination: View;
}

/** How a result is written. What is not given stays as the photo came. */
export interface SaveOptions extends LightOptions {
  readonly format?: Exclude<PhotoFormat, "tiff"> | undefined;
  /** Quality of JPEG, WebP and AVIF, 1 to 100. */
  readonly quality?: number | undefined;
  /** Whether coordinates are taken out of the metadata. */
  readonly withoutPlace?: boolean | undefined;
}

/** A written result. */
export interface SavedPhoto {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: PhotoFormat;
  /** What the format could not keep. */
  readonly leftOut: readonly string[];
}

/** How a worker is set up. */
export interface WorkerSettings {
  /** Where networks run; `auto` if not given. */
  readonly device?: "auto" | "cpu" | "webgpu" | undefined;
  /** Folder of the models' files; without it there are the classical methods alone. */
  readonly modelsUrl?: string | undefined;
}

/** A method that can be asked for. */
export interface MethodSummary {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Whether it is a network, whose files must be fetched first. */
  readonly isNetwork: boolean;
  /** Size of these files; 0 for classical methods. */
  readonly bytes: number;
  /** What it can do more or less strongly. */
  readonly strengths: readonly StrengthName[];
  /** Whether it takes a photo apart into reflectance and illumination. */
  readonly hasMaps: boolean;
}

/**
 * What the worker can do. Every call that takes a `task` can be cancelled by its number; what calls give out by number
 * is kept until it is closed.
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
  relight(task: number, scene: number, options: LightOptions): Promise<Outcome<View>>;
  maps(task: number, scene: number): Promise<Outcome<MapViews>>;
  save(
    task: number,
    scene: number,
    options: SaveOptions,
    onProgress: ((done: number) => void) | undefined,
  ): Promise<Outcome<SavedPhoto>>;
  /** Raises the signal of a task; one that has ended is left alone. */
  cancel(task: number): void;
  /** Forgets photos and scenes, and so frees their memory. */
  close(...ids: number[]): void;
}
