import type { NetworkMethod, Picture, Runtime } from "@kindling/core";
import type { Graph, Network, ParameterMapping, Weights } from "@kindling/nets";
import type { ModelForm } from "./model-form.ts";
import type { TrainingRecipe } from "./training/recipe.ts";

/** The names of tensors in the checkpoints of other projects. */
export interface ForeignNames {
  /** The name to import the checkpoint by; default the system's. KinD++'s is `kind-plus`. */
  readonly system?: string;
  /** The networks that the checkpoint may hold: the one of this name, and those whose names begin with it and a slash. */
  readonly networks: string;
  /** Which checkpoints these are: `official TensorFlow checkpoints`. */
  readonly about: string;
  readonly mapping: ParameterMapping;
}

/**
 * A low-light enhancer as a whole: networks, training, enhancement of photos, and the names of published weights.
 *
 * Words: a *system* has *networks* (graphs) and a *recipe* that trains them; a *model* is trained weights in files with a
 * manifest; a *method* is what a person chooses to enhance photos by: that of a system, which needs a model, or a classical
 * one.
 */
export interface System {
  /** The name that people type, such as `kind`; also that of the system's folder, method and recipe. */
  readonly name: string;
  /** How it enhances photos. */
  readonly method: NetworkMethod;
  /** Its networks, and the parts of them that run or train on their own; names begin with the system's or a variant's. */
  readonly networks: readonly Network[];
  /**
   * The forms of its models; the first is the default. Where settings of a training decide the graphs, `recipe.model` makes
   * others.
   */
  readonly models: readonly [ModelForm, ...ModelForm[]];
  /** How it is trained. */
  readonly recipe: TrainingRecipe;
  /** Tensor names of the authors' checkpoints and of ports. Kindling's own names can always be imported. */
  readonly foreignNames: readonly ForeignNames[];
  /**
   * Rewrites parts so that their costly convolutions compute in 8-bit integers; left out by systems that have no such
   * form.
   *
   * @param graphs of the parts of a model, by name.
   * @param weights of all parts.
   * @param photos such as the network will enhance: the ranges of the integers are measured on them.
   * @returns the graphs that take the place of those of parts, by the parts' names.
   */
  readonly quantise?: (
    graphs: Readonly<Record<string, Graph>>,
    weights: Weights,
    photos: AsyncIterable<Picture>,
    runtime: Runtime,
  ) => Promise<Readonly<Record<string, Graph>>>;
}
