import { crop, type Feeds, feedInputs, type StepSettings } from "@kindling/lab";
import { createScope, type TrainingStep, trainingStep } from "@kindling/nets";
import { msrNetLoss } from "./loss.ts";
import { msrNet } from "./msr-net.ts";

/** Crops of a pair. */
export const msrNetFeeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;

/** Builds a training step of MSR-net. */
export function msrNetStep(settings: StepSettings): TrainingStep {
  const { low, high } = feedInputs(msrNetFeeds, settings);
  const loss = msrNetLoss(msrNet(createScope(), low), high);
  return trainingStep({ ...settings, name: "msr-net", inputs: [low, high], loss });
}
