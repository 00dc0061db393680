import { input, type Tensor } from "@kindling/nets";

/** Which photo of a draw: the darker or the brighter exposure of a scene; in unpaired data the dark or the bright photo. */
export type Exposure = "dark" | "bright";

/** What one input of a training step is fed with. */
export type Feed =
  | { readonly kind: "crop"; readonly of: Exposure; readonly darkened: boolean }
  | {
      readonly kind: "whole";
      readonly of: Exposure;
      readonly sidePx: number;
      readonly sampling: "area" | "nearest";
    }
  | { readonly kind: "place"; readonly axis: "rows" | "columns"; readonly sidePx: number }
  | { readonly kind: "brightest" }
  | { readonly kind: "coin" };

/**
 * What a training step is fed, by the names of its graph's inputs: from the batch to the ONNX file they stay the same.
 *
 * @example
 * const feeds = { low: crop("dark"), high: crop("bright"), overview: whole("dark", 64) } satisfies Feeds;
 */
export type Feeds = Readonly<Record<string, Feed>>;

/** The square crops of one exposure, [batch, 3, crop, crop]. */
export function crop(of: Exposure): Feed {
  return { kind: "crop", of, darkened: false };
}

/** The dark crops; where the draw darkens them further, so darkened: [batch, 3, crop, crop]. */
export function darkenedCrop(): Feed {
  return { kind: "crop", of: "dark", darkened: true };
}

/**
 * The whole photos that the crops were cut from, reduced and turned like these: [batch, 3, side, side].
 *
 * @param sampling `area`: each pixel is the mean of what it covers; `nearest`: TensorFlow 1's nearest pixel, as GLADNet
 * was trained with.
 */
export function whole(of: Exposure, sidePx: number, sampling: "area" | "nearest" = "area"): Feed {
  return { kind: "whole", of, sidePx, sampling };
}

/** The row of the whole photo reduced to `sidePx` that each row of the crop lies in, [batch, crop], whole numbers. */
export function rowsIn(sidePx: number): Feed {
  return { kind: "place", axis: "rows", sidePx };
}

/** The column of the whole photo reduced to `sidePx` that each column of the crop lies in, [batch, crop]. */
export function columnsIn(sidePx: number): Feed {
  return { kind: "place", axis: "columns", sidePx };
}

/** 1 where the brighter photo is the brightest exposure of its scene, else 0: [batch, 1, 1, 1]. */
export function isBrightest(): Feed {
  return { kind: "brightest" };
}

/** 0 or 1, each half of the time: [batch, 1, 1, 1]. */
export function coin(): Feed {
  return { kind: "coin" };
}

/** The size of a batch. */
export interface BatchSize {
  readonly batch: number;
  /** Side of the square crops in pixels. */
  readonly cropPx: number;
}

/** The shape of what a feed gives. */
export function shapeOfFeed(feed: Feed, { batch, cropPx }: BatchSize): readonly number[] {
  switch (feed.kind) {
    case "crop":
      return [batch, 3, cropPx, cropPx];
    case "whole":
      return [batch, 3, feed.sidePx, feed.sidePx];
    case "place":
      return [batch, cropPx];
    default:
      return [batch, 1, 1, 1];
  }
}

/** The inputs of a step's graph, one for each feed, by the same names and in the same order. */
export function feedInputs<F extends Feeds>(feeds: F, size: BatchSize): { readonly [Name in keyof F]: Tensor } {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, feed]) => [name, input(name, shapeOfFeed(feed, size))]),
  ) as { [Name in keyof F]: Tensor };
}
