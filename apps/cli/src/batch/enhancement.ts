import type { Device, Light, MethodSettings, PhotoFormat, SampleDepth, Strengths } from "@kindling/node";
import type { BatchResult } from "./job.ts";

/** What is done to every photo of a batch. */
export interface Treatment extends Strengths {
  readonly method: string;
  readonly settings: MethodSettings;
  /** Folder of trained networks, if not the installed ones. */
  readonly models?: string | undefined;
  readonly device: Device;
  /** What networks may take together, in all workers. */
  readonly maxMemoryBytes: number;
  readonly light: Light;
  /** A picture file that says where the light acts. */
  readonly mask?: string | undefined;
  readonly format: PhotoFormat | "keep";
  readonly depth: SampleDepth | "keep";
  readonly quality?: number | undefined;
  readonly stripGps: boolean;
  readonly maxMegapixels: number;
}

/** A photo enhanced. */
export interface Enhancement extends BatchResult {
  readonly bytes: number;
  readonly seconds: number;
  /** The level it is lit at: the one asked for, or what `auto` came to. */
  readonly light: number;
  /** Mean illumination before and after, 0 to 1. */
  readonly illumination: { readonly before: number; readonly after: number };
  /** What the person should know: conversions, and what the format could not keep. */
  readonly notes: readonly string[];
}
