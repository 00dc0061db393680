import type { MethodSettings, RelightOptions } from "@kindling/core";

/** The options that apply when a method lights a photo, apart from the settings of its analysis. */
export type LightSettings = Pick<RelightOptions, "light" | "denoise" | "keepHighlights">;

/**
 * What runs on the photos: a method or network by name, or a model file from picture to picture, whose settings are its
 * other inputs.
 */
export type Engine =
  | {
      readonly kind: "method";
      readonly method: string;
      readonly settings: MethodSettings;
      readonly lighting: LightSettings;
    }
  | { readonly kind: "model"; readonly model: string; readonly settings: MethodSettings };

/** A candidate of an evaluation that runs on the photos. */
export interface EngineCandidate {
  readonly kind: "engine";
  /** Its name in tables, as typed. */
  readonly label: string;
  readonly engine: Engine;
}

/** A candidate of an evaluation whose results lie in a folder. */
export interface FolderCandidate {
  readonly kind: "folder";
  /** Its name in tables. */
  readonly label: string;
  readonly folder: string;
}

/** One of the things that an evaluation compares. */
export type Candidate = EngineCandidate | FolderCandidate;
