import type { NetworkMethod, Picture, Runtime } from "@kindling/core";
import type { Graph, Network, ParameterMapping, Weights } from "@kindling/nets";
import type { TrainingRecipe } from "./training/recipe.ts";

/** A file of a trained network: the graph that it holds. */
export interface ModelPart {
  readonly network: Network;
  /** The network whose tiling it has, where its own graph first brings pictures to a grid that the pipeline keeps. */
  readonly tiledAs?: Network;
}

/** The files in which trained weights are kept so that photos can be enhanced with them. */
export interface ModelForm {
  /** The system's name, or that of a variant whose weights need other graphs: `kind+root`. */
  readonly name: string;
  /** The parts by name, as inference asks for them. */
  readonly parts: Readonly<Record<string, ModelPart>>;
}

/** A way in which others name the tensors of a network. */
export interface ForeignNames {
  /** What the checkpoint is imported as, where that is not the system's name: `kind-plus`. */
  readonly system?: string;
  /** The networks it may hold: the one of this name, and those whose names begin with it and a slash. */
  readonly networks: string;
  readonly mapping: ParameterMapping;
}

/**
 * A low-light enhancer as a whole: its networks, how it is trained, how photos are enhanced with it, and how others
 * name its weights.
 */
export interface System {
  /** What people type, and the name of its folder: `kind`. */
  readonly name: string;
  /** How photos are enhanced with it. */
  readonly method: NetworkMethod;
  /** Its networks and the parts of them that run or are trained by themselves, under its name or a variant's. */
  readonly networks: readonly Network[];
  /** How its weights are kept; the first where no variant is asked for. */
  readonly models: readonly [ModelForm, ...ModelForm[]];
  readonly recipe: TrainingRecipe;
  /** Checkpoints of its authors and of ports; those under Kindling's own names can always be imported. */
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
