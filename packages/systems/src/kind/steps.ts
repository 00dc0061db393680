import { type CropSettings, picturePair } from "@kindling/lab";
import type { DecomposedPair, Layers } from "@kindling/nets";
import {
  add,
  concat,
  createScope,
  div,
  expand,
  greater,
  input,
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
  type KindDecompositionWeights,
  kindAdjustmentLoss,
  kindDecompositionLoss,
  kindRestorationLoss,
  kindRestorationTarget,
  kindTogetherLoss,
} from "./losses.ts";

/** What the steps of KinD are told. */
export interface KindSettings extends CropSettings {
  /** The tone that the nets work on; encoded values where it is left out, as in the paper. */
  readonly tone?: KindTone | undefined;
}

/** One step of KinD's decomposition net on the pictures `low` and `high`, [batch, 3, side, side], 0 to 1, stretched. */
export function kindDecompositionStep(settings: KindSettings, weights?: KindDecompositionWeights): TrainingStep {
  const { inputs, ...pair } = decomposed(settings);
  return trainingStep({ ...settings, name: "kind/decomposition", inputs, loss: kindDecompositionLoss(pair, weights) });
}

/** What of the restoration's training can be set otherwise than in the authors' code. */
export interface KindRestorationSettings {
  /** Power of the well-lit reflectance that is the target; 1.2 in the authors' code. */
  readonly targetPower: number;
  /** Weight of the restored reflectance's error under the bright picture's illumination; 0 in the authors' code. */
  readonly lit: number;
}

/**
 * One step of KinD's restoration net on `low` and `high` as above; the decomposition's weights are fixed in the graph.
 */
export function kindRestorationStep(
  settings: KindSettings,
  { targetPower, lit }: KindRestorationSettings = { targetPower: 1.2, lit: 0 },
): TrainingStep {
  const { inputs, lowLayers, highLayers } = decomposed(settings);
  const restored = kindRestoration(createScope().at("restoration"), lowLayers);
  const loss = kindRestorationLoss(
    restored,
    kindRestorationTarget(highLayers.reflectance, targetPower),
    lit > 0
      ? { illumination: highLayers.illumination, image: inputs[1], tone: settings.tone ?? "encoded", weight: lit }
      : undefined,
  );
  return trainingStep({
    ...settings,
    name: "kind/restoration",
    inputs,
    loss,
    learns: within("restoration"),
  });
}

/**
 * One step of KinD's adjustment net on `low` and `high` as above and `brighten` [batch, 1, 1, 1]: 1 where the dark
 * illumination is to become the bright one, 0 the other way round. The decomposition's weights are fixed in the graph.
 */
export function kindAdjustmentStep(settings: KindSettings): TrainingStep {
  const { inputs, lowLayers, highLayers } = decomposed(settings);
  const brighten = input("brighten", [settings.batch, 1, 1, 1]);
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
    inputs: [...inputs, brighten],
    loss,
    learns: within("adjustment"),
  });
}

/** Side of the whole pictures, reduced, that tell the level between two exposures. */
export const kindReducedPx = 64;

/**
 * One step of KinD's restoration and adjustment together, an addition of ours: what counts is the picture that comes
 * out, so that each makes up for what the other leaves, and the level is that of the whole pictures, as in use. The
 * paper's stages see neither.
 *
 * Takes `low` and `high` as above and `low-reduced` and `high-reduced`, [batch, 3, 64, 64], the whole stretched pictures
 * they were cut from. The decomposition's weights are fixed in the graph.
 */
export function kindTogetherStep(settings: KindSettings): TrainingStep {
  const { batch, tone = "encoded" } = settings;
  const { inputs, lowLayers, highLayers } = decomposed(settings);
  const reduced = ["low-reduced", "high-reduced"].map((name) =>
    input(name, [batch, 3, kindReducedPx, kindReducedPx]),
  ) as [Tensor, Tensor];
  const brightness = (whole: Tensor) => reduceMean(reduceMax(intoTone(whole, tone), [1]), [1, 2, 3]);
  const [dark, bright] = reduced.map((whole) => max(brightness(whole), 1e-3)) as [Tensor, Tensor];

  const scope = createScope();
  const adjusted = (illumination: Tensor, ratio: Tensor) =>
    kindAdjustment(scope.at("adjustment"), illumination, expand(ratio, shapeOf(illumination)));
  const restored = kindRestoration(scope.at("restoration"), lowLayers);
  const enhanced = outOfTone(mul(restored, adjusted(lowLayers.illumination, div(bright, dark))), tone);
  // Nothing is restored on the way to a darker picture: its noise is none to learn.
  const darkened = adjusted(highLayers.illumination, div(dark, bright));
  return trainingStep({
    ...settings,
    name: "kind/together",
    inputs: [...inputs, ...reduced],
    loss: kindTogetherLoss({ enhanced, target: inputs[1], darkened, darkTarget: lowLayers.illumination }),
    learns: (path) => !path.startsWith("decomposition/"),
  });
}

const within = (part: string) => (path: string) => path.startsWith(`${part}/`);

/** Both exposures decomposed as one batch, half as many operations, each on twice as much; and the inputs they came from. */
function decomposed(settings: KindSettings): DecomposedPair & { readonly inputs: readonly [Tensor, Tensor] } {
  const { batch, tone = "encoded" } = settings;
  const inputs = picturePair(settings);
  const both = intoTone(concat(inputs, 0), tone);
  const { reflectance, illumination } = kindDecomposition(createScope().at("decomposition"), both);
  const half = (x: Tensor, start: number) => slice(x, 0, start, start + batch);
  const layers = (start: number): Layers => ({
    reflectance: half(reflectance, start),
    illumination: half(illumination, start),
  });
  return { inputs, low: half(both, 0), high: half(both, batch), lowLayers: layers(0), highLayers: layers(batch) };
}
