// Names that examples of docstrings may use without declaring them. `test/docstring-examples.test.ts` adds the imports that
// an example needs: first the names of its own door, then these. Names that the example declares itself are left alone.
// Examples that run can use the constants with a value; those that are only declared have a type and no value.
import {
  copyPicture,
  createPicture,
  createRandom,
  type LpipsModel,
  type ModelSession,
  type ModelStore,
  type NiqeModel,
  type Photo,
  type Picture,
  type Plane,
  type Random,
  type Runtime,
} from "@kindling/core";
import type { PhotoSource, RunStore, System, TrainingPlan, TrainingRecipe } from "@kindling/lab";
import {
  convolution,
  createGraph,
  createScope,
  type Graph,
  initialise,
  input,
  type Network,
  type Scope,
  type StoredTensor,
  sigmoid,
  type Tensor,
  type Weights,
} from "@kindling/nets";

/** A well exposed picture: 48 x 32, RGB. */
export const reference: Picture = paint((x, y, channel) => 0.3 + 0.5 * (x / 47) * (1 - y / 62) + 0.03 * channel);

/** The same scene in the dark, with a little noise. */
export const dark: Picture = shade(reference, 0.15, 0.01);

/** The same scene as a method gave it back: a little darker than the reference, with a little noise. */
export const result: Picture = shade(reference, 0.9, 0.02);

/** Any picture: 48 x 32, RGB. */
export const picture: Picture = copyPicture(reference);

/** A decoded photo. */
export const photo: Photo = {
  picture: dark,
  metadata: {},
  format: "jpeg",
  depth: 8,
  lossless: false,
  notes: [],
};

/** Input of a network: one RGB picture of 64 rows and 96 columns. */
export const image: Tensor = input("image", [1, 3, 64, 96]);

/** Another tensor of the same shape, such as the reference of the photo. */
export const target: Tensor = input("target", [1, 3, 64, 96]);

/** Where parameters are declared. */
export const scope: Scope = createScope();

/** A graph with one convolution, from `image` to `enhanced`. */
export const graph: Graph = createGraph("one-layer", [image], {
  enhanced: sigmoid(convolution(scope.at("layer"), image, { channels: 3 })),
});

/** Weights of `graph`. */
export const weights: Weights = initialise(graph, 1);

/** Random numbers of seed 1. */
export const random: Random = createRandom(1, "example");

/** Cancels what takes long. */
export const signal: AbortSignal = new AbortController().signal;

/** Bytes of a file. */
export declare const bytes: Uint8Array<ArrayBuffer>;
/** A photo file that a person chose in a page. */
export declare const photoFile: Blob;
/** Where the light acts. */
export declare const mask: Picture;
/** One value a pixel. */
export declare const plane: Plane;
/** What runs ONNX models. */
export declare const runtime: Runtime;
/** A model that is loaded. */
export declare const session: ModelSession;
/** Where models are found. */
export declare const models: ModelStore;
/** What NIQE measures with. */
export declare const niqeModel: NiqeModel;
/** What LPIPS measures with. */
export declare const lpipsModel: LpipsModel;
/** Tensors of a checkpoint by name. */
export declare const tensors: ReadonlyMap<string, StoredTensor>;
/** A network of a system. */
export declare const network: Network;
/** A system, such as `findSystem("kind")`. */
export declare const system: System;
/** How a system is trained. */
export declare const recipe: TrainingRecipe;
/** A training that is settled. */
export declare const plan: TrainingPlan;
/** Where the photos of a training come from. */
export declare const source: PhotoSource;
/** Where a run is kept. */
export declare const store: RunStore;

function paint(sample: (x: number, y: number, channel: number) => number): Picture {
  const painted = createPicture(48, 32, 3);
  for (let y = 0, i = 0; y < 32; y++)
    for (let x = 0; x < 48; x++)
      for (let channel = 0; channel < 3; channel++) painted.samples[i++] = sample(x, y, channel);
  return painted;
}

/** The picture times a gain, with even noise of this amplitude. */
function shade(scene: Picture, gain: number, amplitude: number): Picture {
  const noise = createRandom(1, "noise");
  const samples = scene.samples.map((value) => Math.min(1, Math.max(0, value * gain + amplitude * (2 * noise() - 1))));
  return { ...scene, samples };
}
