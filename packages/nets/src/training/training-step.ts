import { gradients } from "../autodiff/gradients.ts";
import { add, div, max, min, mul, sqrt } from "../graph/builders.ts";
import { product } from "../graph/dimension.ts";
import { createGraph, type Graph, inputName, type Parameter, parametersOf } from "../graph/graph.ts";
import { substitute } from "../graph/substitute.ts";
import { input, type Tensor } from "../graph/tensor.ts";
import { requireWeights, type Weight, type Weights } from "../graph/weights.ts";
import type { LossTerms } from "../losses/loss-terms.ts";
import { sumOfSquares } from "../losses/pixel-errors.ts";
import { mix } from "./adam.ts";
import type { Optimiser } from "./optimiser.ts";

/** The parts of a training step. */
export interface TrainingStepSettings {
  /** Name of the step; its counter is called `steps/` and this name. */
  readonly name: string;
  /** The batch: inputs of every run beside the state. Sizes should be numbers. */
  readonly inputs: readonly Tensor[];
  /** The loss to minimise, `total`, and the terms to report with it. */
  readonly loss: LossTerms;
  /** Further outputs of a run, by name. */
  readonly outputs?: Readonly<Record<string, Tensor>>;
  readonly optimiser: Optimiser;
  /** Which parameters are learnt, by path; default all. The others keep their weights, written into the file. */
  readonly learns?: (path: string) => boolean;
  /** Which parameters that are not learnt here change elsewhere, so that they are read from the state in every run. */
  readonly reads?: (path: string) => boolean;
  /** Running statistics that a step updates: their values after it, by parameter. */
  readonly statistics?: ReadonlyMap<Tensor, Tensor>;
  /** Largest norm of all gradients together; longer ones are scaled down to it. Default: no limit. */
  readonly clipNorm?: number | undefined;
  /** Decay per step of a moving average of the learnt parameters; without it there is no average. */
  readonly averageDecay?: number | undefined;
  /**
   * Leaves the batch open in the step's file (`openBatch` of `OnnxSettings`), which takes less memory; default false.
   * Measure before: ONNX Runtime loads some graphs much more slowly then (CycleGAN's generators had not loaded after 170 seconds, against 6).
   */
  readonly leavesBatchOpen?: boolean;
}

/** A graph whose one run is one step of training. */
export interface TrainingStep {
  /**
   * Inputs: the batch, the state by the names of its tensors, and the scalar `learning-rate`. Outputs: the terms of the
   * loss and, as `next/` and its name, every tensor of the state that the step changes. Its parameters are the frozen
   * weights.
   */
  readonly graph: Graph;
  /** The parameters that the step changes, learnt ones and statistics, in the order of their first use. */
  readonly changes: readonly Parameter[];
  /** The inputs whose batch the step's file should leave open. */
  readonly openBatch: readonly Tensor[];
  /**
   * Makes the state before the first step.
   *
   * @param weights the starting values of the parameters that the step changes; others are ignored.
   * @throws {KindlingError} `invalid-model` naming every weight that is missing or of the wrong shape.
   */
  readonly begin: (weights: Weights) => Map<string, Weight>;
}

/** A tensor that one run returns and the next one takes. */
interface StateTensor {
  readonly now: Tensor;
  readonly next: Tensor;
  /** The parameter that it starts as; without one it starts as zeros. */
  readonly from?: Parameter;
}

/**
 * Builds one step of training as one graph: the loss, its gradients, and the optimiser's update of every learnt
 * parameter.
 *
 * Several steps may share one state, as the three of a GAN do: each reads and changes the tensors that it names.
 *
 * @throws {KindlingError} `invalid-model` if an operation between a learnt parameter and the loss has no gradient.
 * @example
 * // runs
 * const loss = weighTerms({ error: meanAbsoluteError(graph.outputs["enhanced"], target) }, { error: 1 });
 * const step = trainingStep({ name: "one-layer", inputs: [image, target], loss, optimiser: adam() });
 * const state = step.begin(weights);
 * state.has("adam/mean/layer/weight"); // true
 */
export function trainingStep(settings: TrainingStepSettings): TrainingStep {
  const { name, inputs, loss, outputs = {}, statistics = new Map<Tensor, Tensor>() } = settings;
  const { learns = () => true, reads = () => false } = settings;
  const reported = { ...loss, ...outputs };
  const all = parametersOf([...Object.values(reported), ...statistics.values()]);
  const renewed = all.filter(({ tensor }) => statistics.has(tensor));
  const learnt = all.filter(({ learnt, path, tensor }) => learnt && learns(path) && !statistics.has(tensor));
  const changes = all.filter((parameter) => renewed.includes(parameter) || learnt.includes(parameter));
  const read = all.filter((parameter) => !changes.includes(parameter) && reads(parameter.path));

  const rate = input("learning-rate", []);
  const descent = descend(settings, loss.total, learnt, rate);
  const state: StateTensor[] = [
    ...descent.state,
    ...renewed.map((from) => ({ now: input(from.path, from.shape), next: statistics.get(from.tensor)!, from })),
  ];
  const places = new Map(
    state.flatMap(({ now, from }) => (from && inputName(now) === from.path ? [[from.tensor, now]] : [])),
  );
  for (const { path, shape, tensor } of read) places.set(tensor, input(path, shape));

  const results = { ...reported, ...descent.reported };
  const ends = substitute([...Object.values(results), ...state.map(({ next }) => next)], (leaf) => places.get(leaf));
  const names = [...Object.keys(results), ...state.map(({ now }) => `next/${inputName(now)}`)];
  const fed = [...inputs, ...state.map(({ now }) => now), ...read.map(({ tensor }) => places.get(tensor)!), rate];
  return {
    graph: createGraph(name, fed, Object.fromEntries(names.map((key, i) => [key, ends[i]!]))),
    changes,
    openBatch: settings.leavesBatchOpen ? inputs.filter(({ shape }) => shape.length > 0) : [],
    begin: (weights) => {
      const own = new Map(changes.flatMap(({ path }) => (weights.has(path) ? [[path, weights.get(path)!]] : [])));
      requireWeights({ name, parameters: changes }, own);
      return new Map(
        state.map(({ now, from }) => {
          const shape = now.shape as readonly number[];
          const values = from ? own.get(from.path)!.values.slice() : new Float32Array(product(shape) as number);
          return [inputName(now), { shape, values }];
        }),
      );
    },
  };
}

/** Computes the learnt parameters and the state of the optimiser after the step. */
function descend(
  { name, optimiser, clipNorm, averageDecay }: TrainingStepSettings,
  total: Tensor,
  learnt: readonly Parameter[],
  rate: Tensor,
): { state: StateTensor[]; reported: Record<string, Tensor> } {
  const raw = gradients(
    total,
    learnt.map(({ tensor }) => tensor),
  );
  const norm = clipNorm === undefined ? undefined : sqrt(raw.map(sumOfSquares).reduce((a, b) => add(a, b)));
  const shortening = norm && min(div(clipNorm!, max(norm, 1e-12)), 1);
  const steps = input(`steps/${name}`, []);
  const taken = add(steps, 1);
  const update = optimiser.begin(rate, taken);

  const state = learnt.flatMap((from, i): StateTensor[] => {
    const { path, shape, tensor } = from;
    const slots = optimiser.slots.map((slot) => input(`${slot}/${path}`, shape));
    const updated = update(tensor, shortening ? mul(raw[i]!, shortening) : raw[i]!, slots);
    const average = input(`average/${path}`, shape);
    return [
      { now: input(path, shape), next: updated.parameter, from },
      ...slots.map((now, k) => ({ now, next: updated.slots[k]! })),
      ...(averageDecay === undefined
        ? []
        : [{ now: average, next: mix(average, updated.parameter, averageDecay), from }]),
    ];
  });
  return { state: [{ now: steps, next: taken }, ...state], reported: norm ? { "gradient-norm": norm } : {} };
}
