import { type CropSettings, picturePair } from "@kindling/lab";
import { createScope, type TrainingStep, trainingStep } from "@kindling/nets";
import { msrNetLoss } from "./loss.ts";
import { msrNet } from "./msr-net.ts";

/** One step of MSR-net on the pictures `low` and `high`, [batch, 3, side, side], 0 to 1. */
export function msrNetStep(settings: CropSettings): TrainingStep {
  const [low, high] = picturePair(settings);
  const loss = msrNetLoss(msrNet(createScope(), low), high);
  return trainingStep({ ...settings, name: "msr-net", inputs: [low, high], loss });
}
