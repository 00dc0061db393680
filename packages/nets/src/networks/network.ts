import type { Paper } from "@kindling/core";
import { type Dimension, freeDimension } from "../graph/dimension.ts";
import type { Graph } from "../graph/graph.ts";

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
  /** What it is called: `kind/decomposition`. */
  readonly name: string;
  /** What it does: one sentence. */
  readonly about: string;
  readonly paper: Paper;
  /** The graph for pictures of a size; default: any size. */
  readonly build: (size?: PictureSize) => Graph;
}
