import type { Device, ErrorCode } from "@kindling/core";
import type { Engine } from "@kindling/lab/internal";

/** A photo for an engine, and where its results go (8-bit PNG). */
interface RunPhoto {
  readonly input: string;
  readonly output: string;
  /** The reference, and where the result at its light level goes; undefined: no such result. */
  readonly atReferenceLight?: { readonly reference: string; readonly output: string };
}

/** The work of an engine's process: one engine on photos, one after the other. */
export interface RunJob {
  /** The engine's name in tables. */
  readonly label: string;
  readonly engine: Engine;
  /** Where networks and models run. */
  readonly device: Device;
  /** Folder of models; default the installed ones. */
  readonly models?: string | undefined;
  readonly maxMemoryBytes?: number | undefined;
  readonly photos: readonly RunPhoto[];
  readonly maxMegapixels: number;
}

/** A message of that process: a photo's figures or failure by its index, its result at the reference's light, or the peak memory. */
export type RunReport =
  | { readonly index: number; readonly seconds: number; readonly megapixels: number }
  | { readonly index: number; readonly code: ErrorCode; readonly message: string }
  | { readonly index: number; readonly atReferenceLight: true }
  | { readonly peakMemoryBytes: number };
