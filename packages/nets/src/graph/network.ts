import type { Paper } from "@kindling/core";
import { ceilDivide, type Dimension, freeDimension, times } from "./dimension.ts";
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

/** A map of a picture at a part of its size. */
export interface MapChannels {
  readonly channels: number;
  /** Side in pixels of the block of the picture that one value stands for. */
  readonly blockPx: number;
  /** The picture's sides count as multiples of this many pixels, rounded up. */
  readonly gridPx: number;
}

/** Channels of each input picture, by name; 0 for a single number; a map; or the sides after the batch. */
export type InputChannels = Readonly<Record<string, number | MapChannels | readonly [number, number, number]>>;

/** The inputs of a network by name. */
export type Inputs<Channels extends InputChannels> = { readonly [Name in keyof Channels]: Tensor };

/**
 * Defines a network by the function that builds its outputs.
 *
 * @param channels the inputs by name: 3 for a colour picture [batch, 3, height, width], 0 for one number [1], a map at a
 * part of the picture's size, or `[channels, height, width]` where the size is fixed.
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
    build(size = anySize) {
      const inputs = Object.fromEntries(
        Object.entries(channels).map(([key, sides]) => [key, input(key, shapeOf(sides, size))]),
      ) as Inputs<Channels>;
      return createGraph(name, Object.values(inputs), build(createScope(), inputs));
    },
  };
}

function shapeOf(sides: InputChannels[string], { batch, height, width }: PictureSize): readonly Dimension[] {
  if (sides === 0) return [1];
  if (typeof sides === "number") return [batch, sides, height, width];
  if (!("blockPx" in sides)) return [batch, ...sides];
  const { channels, blockPx, gridPx } = sides;
  const inBlocks = (side: Dimension) => times(ceilDivide(side, gridPx), gridPx / blockPx);
  return [batch, channels, inBlocks(height), inBlocks(width)];
}
