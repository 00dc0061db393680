import { crop, type Feeds, feedInputs, type StepSettings } from "@kindling/lab";
import { concat, createScope, type TrainingStep, trainingStep } from "@kindling/nets";
import { type ZeroDceLossSettings, zeroDceLoss } from "./loss.ts";
import { applyCurves, zeroDceCurves } from "./zero-dce.ts";

/** Crops of dark and of bright pictures; none is the other's reference. */
export const zeroDceFeeds = { dark: crop("dark"), bright: crop("bright") } satisfies Feeds;

/** Builds a training step of Zero-DCE on as many dark as bright pictures: it must see both to learn how far to go. */
export function zeroDceStep(settings: StepSettings, loss?: ZeroDceLossSettings): TrainingStep {
  const inputs = feedInputs(zeroDceFeeds, settings);
  const image = concat(Object.values(inputs), 0); // [2 batch, 3, crop, crop]
  const curves = zeroDceCurves(createScope(), image);
  return trainingStep({
    ...settings,
    name: "zero-dce",
    inputs: Object.values(inputs),
    loss: zeroDceLoss(image, curves, applyCurves(image, curves), loss),
  });
}
