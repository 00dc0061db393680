import type { FusionWeights } from "@kindling/core";
import type { BatchResult } from "../../batch/job.ts";
import type { PlannedPhoto } from "../../batch/planned-photo.ts";

/** A frame of a scene. */
interface SceneFrame {
  readonly input: string;
  /** Path of its copy, the dark photo of a pair. */
  readonly low: string;
  /** Mean luma of its samples, 0 to 1. */
  readonly meanLuma: number;
}

/** A scene to fuse: `input` is its first frame, `output` the fused picture, the companions the copies of all frames. */
export interface PlannedScene extends PlannedPhoto {
  /** Its name: that of the first frame, below the folder of brackets. */
  readonly scene: string;
  readonly frames: readonly SceneFrame[];
  readonly companions: readonly string[];
  readonly split: string;
}

/** How all scenes of a batch are fused. */
export interface SceneTreatment {
  readonly weights: FusionWeights;
  readonly format: "png" | "webp";
  readonly maxMegapixels: number;
}

/** The result of fusing a scene. */
export interface FusedScene extends BatchResult {
  readonly frames: number;
  /** Mean luma of the fused picture, 0 to 1. */
  readonly meanLuma: number;
  readonly seconds: number;
}
