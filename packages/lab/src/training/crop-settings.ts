import { input, type Tensor, type TrainingStepSettings } from "@kindling/nets";

/** What the step of every network is told. */
export interface CropSettings extends Pick<TrainingStepSettings, "optimiser" | "clipNorm" | "averageDecay"> {
  /** Pictures, or pairs of pictures, in a batch. */
  readonly batch: number;
  /** Height and width of the crops in pixels. */
  readonly sidePx: number;
}

/** The inputs `low` and `high`, [batch, 3, side, side]: two exposures of the same scenes. */
export function picturePair({ batch, sidePx }: CropSettings): [Tensor, Tensor] {
  return [input("low", [batch, 3, sidePx, sidePx]), input("high", [batch, 3, sidePx, sidePx])];
}
