import type { MethodSettings, RelightOptions, StrengthName } from "@kindling/core";

/** The options of relighting, as opposed to the settings of a method's analysis. */
export type LightSettings = Pick<RelightOptions, "light" | StrengthName>;

/**
 * A method by its name, or an ONNX file from picture to picture, whose settings are the file's other inputs.
 */
export type Engine =
  | {
      readonly kind: "method";
      readonly method: string;
      readonly settings: MethodSettings;
      readonly lighting: LightSettings;
    }
  | { readonly kind: "model"; readonly model: string; readonly settings: MethodSettings };

/** A candidate that runs on the photos. */
export interface EngineCandidate {
  readonly kind: "engine";
  /** Its name in tables, as a person typed it. */
  readonly label: string;
  readonly engine: Engine;
}

/** A candidate whose results lie in a folder. */
export interface FolderCandidate {
  readonly kind: "folder";
  /** Its name in tables. */
  readonly label: string;
  readonly folder: string;
}

/** An engine or a folder of results that an evaluation compares with others. */
export type Candidate = EngineCandidate | FolderCandidate;
