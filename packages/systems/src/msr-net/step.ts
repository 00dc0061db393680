import { crop, type Feeds, feedInputs, type StepSettings } from "@kindling/lab";
import { createScope, type TrainingStep, trainingStep } from "@kindling/nets";
import { msrNetLoss } from "./loss.ts";
import { type MsrNetStructure, msrNet } from "./msr-net.ts";

/** Crops of a pair. */
export const msrNetFeeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;

/**
 * Builds a training step of MSR-net.
 *
 * @param lambda weight of the decay in its loss.
 */
export function msrNetStep(settings: StepSettings, structure?: MsrNetStructure, lambda?: number): TrainingStep {
  const { low, high } = feedInputs(msrNetFeeds, settings);
  const loss = msrNetLoss(msrNet(createScope(), low, structure), high, lambda);
  return trainingStep({ ...settings, name: "msr-net", inputs: [low, high], loss });
}
