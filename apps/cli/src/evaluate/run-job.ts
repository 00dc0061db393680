import type { Device, ErrorCode, MethodSettings, RelightOptions } from "@kindling/node";

/** One photo that a method is run on, and where its results go (8-bit PNG). */
export interface RunPhoto {
  readonly input: string;
  readonly output: string;
  /** The same at the reference's own light level, where that is wanted. */
  readonly atReferenceLight?: { readonly reference: string; readonly output: string };
}

/** The numbers that a method is lit with, rather than set to. */
export type LightSettings = Pick<RelightOptions, "light" | "denoise" | "keepHighlights">;

/**
 * What is run: a method or network by name, or a model file from picture to picture; a model's settings are its other
 * inputs.
 */
export type Engine =
  | {
      readonly kind: "method";
      readonly method: string;
      readonly settings: MethodSettings;
      readonly lighting: LightSettings;
    }
  | { readonly kind: "model"; readonly model: string; readonly settings: MethodSettings };

/** What a process of its own is told to do: run one engine on photos, one after the other. */
export interface RunJob {
  /** What it is called in tables. */
  readonly label: string;
  readonly engine: Engine;
  /** Where networks and models run. */
  readonly device: Device;
  /** Folder of trained networks, if not the installed ones. */
  readonly models?: string | undefined;
  readonly maxMemoryBytes?: number | undefined;
  readonly photos: readonly RunPhoto[];
  readonly maxMegapixels: number;
}

/** What that process tells: each photo's outcome by its index, that it is done at the reference's light, and the memory it took. */
export type RunReport =
  | { readonly index: number; readonly seconds: number; readonly megapixels: number }
  | { readonly index: number; readonly code: ErrorCode; readonly message: string }
  | { readonly index: number; readonly atReferenceLight: true }
  | { readonly peakMemoryBytes: number };
