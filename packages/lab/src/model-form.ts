import type { Network } from "@kindling/nets";

/** A part of a model: one ONNX file, with the network that it holds. */
export interface ModelPart {
  readonly network: Network;
  /** The network whose tiling the part has, where the part's own graph pads pictures to a grid, which the pipeline does too. */
  readonly tiledAs?: Network;
}

/** The form of a model: the files that hold trained weights, for enhancing photos with them. */
export interface ModelForm {
  /**
   * The system's name, or that of a variant whose weights need other graphs: `kind+root`, or, where settings of a training
   * decide the graphs, `msr-net+K=6` (`variantName`).
   */
  readonly name: string;
  /** The parts by the names that the system's method uses. */
  readonly parts: Readonly<Record<string, ModelPart>>;
}
