import type { Paper } from "@kindling/core";
import { type Dimension, freeDimension } from "./dimension.ts";
import { createGraph, type Graph } from "./graph.ts";
import { createScope, type Scope } from "./scope.ts";
import { input, type Tensor } from "./tensor.ts";

/** The size of the pictures a network is built for: numbers, or free dimensions that each run sets anew. */
export interface PictureSize {
  readonly batch: Dimension;
  readonly height: Dimension;
  readonly width: Dimension;
}

/** Any batch, height and width. */
export const anySize: PictureSize = {
  batch: freeDimension("batch"),
  height: freeDimension("height"),
  width: freeDimension("width"),
};

/** A network, or a part of one that runs by itself. */
export interface Network {
  /** Its system, and its part where it is one: `kind/decomposition`. */
  readonly name: string;
  /** What it does: one sentence. */
  readonly about: string;
  readonly paper: Paper;
  /** The graph for pictures of a size; default: any size. */
  readonly build: (size?: PictureSize) => Graph;
}

/** Channels of each input picture, by name; 0 for a single number; or the sides after the batch. */
export type InputChannels = Readonly<Record<string, number | readonly [number, number, number]>>;

/** The inputs of a network by name. */
export type Inputs<Channels extends InputChannels> = { readonly [Name in keyof Channels]: Tensor };

/**
 * Defines a network by the function that builds its outputs.
 *
 * @param channels the inputs by name: 3 for a colour picture [batch, 3, height, width], 0 for one number [1], or
 * `[channels, height, width]` where the size is fixed.
 * @param build makes the outputs of the inputs; parameters are created in the scope.
 * @example
 * // runs
 * const paper = { authors: "A. Author", title: "Half", year: 2024, venue: "CVPR", url: "https://example.org" };
 * const half = defineNetwork("half", "Halves a picture.", paper, { image: 3 }, (_, { image }) => ({
 *   enhanced: mul(image, 0.5),
 * }));
 * Object.keys(half.build().outputs); // ["enhanced"]
 */
export function defineNetwork<const Channels extends InputChannels>(
  name: string,
  about: string,
  paper: Paper,
  channels: Channels,
  build: (scope: Scope, inputs: Inputs<Channels>) => Readonly<Record<string, Tensor>>,
): Network {
  return {
    name,
    about,
    paper,
    build({ batch, height, width } = anySize) {
      const inputs = Object.fromEntries(
        Object.entries(channels).map(([key, count]) => [
          key,
          input(key, count === 0 ? [1] : typeof count === "number" ? [batch, count, height, width] : [batch, ...count]),
        ]),
      ) as Inputs<Channels>;
      return createGraph(name, Object.values(inputs), build(createScope(), inputs));
    },
  };
}
