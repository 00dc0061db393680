import { coin, crop, type Feeds, feedInputs, type StepSettings, whole } from "@kindling/lab";
import type { DecomposedPair, Layers } from "@kindling/nets";
import {
  add,
  concat,
  createScope,
  div,
  expand,
  greater,
  max,
  mul,
  reduceMax,
  reduceMean,
  shapeOf,
  slice,
  type Tensor,
  type TrainingStep,
  trainingStep,
  where,
} from "@kindling/nets";
import { intoTone, type KindTone, outOfTone } from "./assembly.ts";
import { ratioFloor } from "./facts.ts";
import { kindAdjustment, kindDecomposition, kindRestoration } from "./kind.ts";
import {
  type KindDecompositionSettings,
  kindAdjustmentLoss,
  kindDecompositionLoss,
  kindRestorationLoss,
  kindRestorationTarget,
  kindTogetherLoss,
} from "./losses.ts";

/** Settings of KinD's steps. */
export interface KindSettings extends StepSettings {
  /** The tone that the nets work on; default encoded values, as in the paper. */
  readonly tone?: KindTone | undefined;
}

/** Crops of two exposures of the same scenes, stretched. */
export const kindFeeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;

/** Builds a training step of KinD's decomposition net, on the pictures `low` and `high`. */
export function kindDecompositionStep(settings: KindSettings, loss?: KindDecompositionSettings): TrainingStep {
  const { inputs, ...pair } = decomposePair(settings);
  return trainingStep({
    ...settings,
    name: "kind/decomposition",
    inputs: Object.values(inputs),
    loss: kindDecompositionLoss(pair, loss),
    leavesBatchOpen: true,
  });
}

/** Settings of the restoration's training that can differ from those of the authors' code. */
export interface KindRestorationSettings {
  /** Power of the well-lit reflectance that is the target; 1.2 in the authors' code. */
  readonly targetPower: number;
  /** Weight of the restored reflectance's error under the bright picture's illumination; 0 in the authors' code. */
  readonly lit: number;
}

/**
 * Builds a training step of KinD's restoration net, on `low` and `high`; the decomposition's weights are fixed in the graph.
 */
export function kindRestorationStep(
  settings: KindSettings,
  { targetPower, lit }: KindRestorationSettings = { targetPower: 1.2, lit: 0 },
): TrainingStep {
  const { inputs, lowLayers, highLayers } = decomposePair(settings);
  const restored = kindRestoration(createScope().at("restoration"), lowLayers);
  const loss = kindRestorationLoss(
    restored,
    kindRestorationTarget(highLayers.reflectance, targetPower),
    lit > 0
      ? { illumination: highLayers.illumination, image: inputs.high, tone: settings.tone ?? "encoded", weight: lit }
      : undefined,
  );
  return trainingStep({
    ...settings,
    name: "kind/restoration",
    inputs: Object.values(inputs),
    loss,
    learns: within("restoration"),
    leavesBatchOpen: true,
  });
}

/** The same, and `brighten`: 1 turns the dark illumination into the bright one, 0 the bright one into the dark one. */
export const kindAdjustmentFeeds = { ...kindFeeds, brighten: coin() } satisfies Feeds;

/**
 * Builds a training step of KinD's adjustment net, on `low` and `high` in the direction of `brighten`; the decomposition's
 * weights are fixed in the graph.
 */
export function kindAdjustmentStep(settings: KindSettings): TrainingStep {
  const { inputs, lowLayers, highLayers } = decomposePair(settings);
  const { brighten } = feedInputs(kindAdjustmentFeeds, settings);
  const direction = greater(brighten, 0.5);
  const choose = (up: Tensor, down: Tensor) => where(direction, up, down);
  const [dark, bright] = [lowLayers.illumination, highLayers.illumination];

  const darker = reduceMean(div(dark, add(bright, ratioFloor)), [2, 3]); // [batch, 1, 1, 1]
  const ratio = choose(add(div(1, darker), ratioFloor), darker);
  const plane = expand(ratio, shapeOf(dark));
  const adjusted = kindAdjustment(createScope().at("adjustment"), choose(dark, bright), plane);
  const loss = kindAdjustmentLoss(adjusted, choose(bright, dark));
  return trainingStep({
    ...settings,
    name: "kind/adjustment",
    inputs: [...Object.values(inputs), brighten],
    loss,
    learns: within("adjustment"),
  });
}

/** Side in pixels of the reduced whole pictures, from which the light level between two exposures is computed. */
const reducedPx = 64;

/** The same crops, and the whole pictures that they were cut from. */
export const kindTogetherFeeds = {
  ...kindFeeds,
  "low-reduced": whole("dark", reducedPx),
  "high-reduced": whole("bright", reducedPx),
} satisfies Feeds;

/**
 * Builds a training step of KinD's restoration and adjustment together, an addition of ours: the loss is that of the
 * resulting picture, so each net corrects the other's errors, and the level is that of the whole pictures, as in use. The
 * paper's stages have neither.
 *
 * The decomposition's weights are fixed in the graph.
 */
export function kindTogetherStep(settings: KindSettings): TrainingStep {
  const { tone = "encoded" } = settings;
  const { inputs, lowLayers, highLayers } = decomposePair(settings);
  const { low: _, high: __, ...reduced } = feedInputs(kindTogetherFeeds, settings);
  const brightness = (picture: Tensor) => reduceMean(reduceMax(intoTone(picture, tone), [1]), [1, 2, 3]);
  const [dark, bright] = Object.values(reduced).map((picture) => max(brightness(picture), 1e-3)) as [Tensor, Tensor];

  const scope = createScope();
  const adjusted = (illumination: Tensor, ratio: Tensor) =>
    kindAdjustment(scope.at("adjustment"), illumination, expand(ratio, shapeOf(illumination)));
  const restored = kindRestoration(scope.at("restoration"), lowLayers);
  const enhanced = outOfTone(mul(restored, adjusted(lowLayers.illumination, div(bright, dark))), tone);
  // Only the illumination: the dark picture is noisy, so it is no target for a restored one.
  const darkened = adjusted(highLayers.illumination, div(dark, bright));
  return trainingStep({
    ...settings,
    name: "kind/together",
    inputs: [...Object.values(inputs), ...Object.values(reduced)],
    loss: kindTogetherLoss({ enhanced, target: inputs.high, darkened, darkTarget: lowLayers.illumination }),
    learns: (path) => !path.startsWith("decomposition/"),
  });
}

const within = (part: string) => (path: string) => path.startsWith(`${part}/`);

/** Decomposes both exposures as one batch: half as many operations, each on twice as much. */
function decomposePair(settings: KindSettings) {
  const { batch, tone = "encoded" } = settings;
  const inputs = feedInputs(kindFeeds, settings);
  const both = intoTone(concat([inputs.low, inputs.high], 0), tone);
  const { reflectance, illumination } = kindDecomposition(createScope().at("decomposition"), both);
  const half = (x: Tensor, start: number) => slice(x, 0, start, start + batch);
  const layers = (start: number): Layers => ({
    reflectance: half(reflectance, start),
    illumination: half(illumination, start),
  });
  const pair: DecomposedPair = {
    low: half(both, 0),
    high: half(both, batch),
    lowLayers: layers(0),
    highLayers: layers(batch),
  };
  return { inputs, ...pair };
}
