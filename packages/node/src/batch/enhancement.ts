import type {
  Device,
  Light,
  LuminanceChange,
  MethodSettings,
  PhotoFormat,
  SampleDepth,
  Strengths,
} from "@kindling/core";
import type { ClipOptions } from "../video/enhance-clip.ts";
import type { VideoContainer } from "../video/video-format.ts";
import type { BatchResult } from "./job.ts";

/** How videos are enhanced and written. */
export interface VideoTreatment extends ClipOptions {
  /** Container of the results; that of the video if not given. */
  readonly container?: VideoContainer | undefined;
  /** Share of the noise that goes where other frames show the same, 0 to 1; 1 if not given. */
  readonly denoiseOverTime?: number | undefined;
  /** Whether a stopped run leaves what it has, as `<name>.part.<ending>`. */
  readonly keepPart?: boolean | undefined;
}

/** How every photo of a batch is enhanced. */
export interface Treatment extends Strengths {
  readonly method: string;
  readonly settings: MethodSettings;
  /** Folder of trained networks, if not the installed ones. */
  readonly models?: string | undefined;
  readonly device: Device;
  /** Memory for networks in bytes, shared by all workers. */
  readonly maxMemoryBytes: number;
  readonly light: Light;
  /** A picture file: the light acts fully where it is white, not at all where it is black. */
  readonly mask?: string | undefined;
  readonly format: PhotoFormat | "keep";
  readonly depth: SampleDepth | "keep";
  readonly quality?: number | undefined;
  readonly stripGps: boolean;
  /** Whether results take the modification time of their photos. */
  readonly keepTimes: boolean;
  readonly maxMegapixels: number;
  readonly video?: VideoTreatment | undefined;
  /** Hash of everything that determines a result; with it a video that a killed run began goes on. */
  readonly identity?: string | undefined;
}

/** The result of enhancing one photo. */
export interface Enhancement extends BatchResult {
  readonly bytes: number;
  readonly format: PhotoFormat | VideoContainer;
  readonly seconds: number;
  /** The method that made it; of a network with the tag of its weights. */
  readonly method: string;
  /** Light level of the result: the requested one, or the one that `auto` found. */
  readonly light: number;
  /**
   * Whether automatic light left the photo nearly as light as it was, by the choice of its method; of photos only. A photo
   * of black and white alone, which no level changes, does not count.
   */
  readonly isLightKept?: boolean;
  /** Mean luminance before and after, in linear light, 0 to 1. */
  readonly luminance: LuminanceChange;
  /** Notes for the person: conversions, and what the format could not hold. */
  readonly notes: readonly string[];
  /** Frames and shots of a video. */
  readonly frames?: number;
  readonly shots?: number;
}
