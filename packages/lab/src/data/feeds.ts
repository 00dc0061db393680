import { input, type Tensor } from "@kindling/nets";

/** A photo of a draw: the darker or the brighter exposure of a scene; in unpaired data the dark or the bright photo. */
export type Exposure = "dark" | "bright";

/** The contents of one input of a training step. */
export type Feed =
  | { readonly kind: "crop"; readonly of: Exposure; readonly darkened: boolean }
  | {
      readonly kind: "whole";
      readonly of: Exposure;
      readonly sidePx: number;
      readonly sampling: "area" | "nearest";
    }
  | {
      readonly kind: "place";
      readonly axis: "rows" | "columns";
      readonly sidePx: number;
      readonly sampling: "nearest" | "bilinear";
    }
  | { readonly kind: "coin" }
  | { readonly kind: "uniform"; readonly stream: number };

/**
 * The feeds of a training step by the names of its inputs, which are the same in the batch, the graph and the ONNX file.
 *
 * @example
 * const feeds = { low: crop("dark"), high: crop("bright"), overview: whole("dark", 64) } satisfies Feeds;
 */
export type Feeds = Readonly<Record<string, Feed>>;

/**
 * Feeds the square crops of one exposure, [batch, 3, crop, crop], 0 to 1.
 *
 * @example
 * // runs
 * const feeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;
 * const { low } = feedInputs(feeds, { batch: 8, cropPx: 96 });
 * low; // [8, 3, 96, 96]
 */
export function crop(of: Exposure): Feed {
  return { kind: "crop", of, darkened: false };
}

/**
 * Feeds the dark crops, half of them divided by 2 to 4 as EnlightenGAN's training does: [batch, 3, crop, crop], 0 to 1.
 * Only unpaired data are darkened.
 *
 * @example
 * // runs
 * const feeds = { dark: darkenedCrop(), original: crop("dark"), real: crop("bright") } satisfies Feeds;
 */
export function darkenedCrop(): Feed {
  return { kind: "crop", of: "dark", darkened: true };
}

/**
 * Feeds the whole photos that the crops were cut from, reduced to a square and turned like the crops: [batch, 3, side, side],
 * 0 to 1.
 *
 * @param sampling `area` (default): each pixel is the mean of the area it covers; `nearest`: the nearest resize of
 * TensorFlow 1, with which GLADNet was trained.
 * @example
 * // runs
 * const feeds = { low: crop("dark"), overview: whole("dark", 64) } satisfies Feeds;
 * const { overview } = feedInputs(feeds, { batch: 8, cropPx: 96 });
 * overview; // [8, 3, 64, 64]
 */
export function whole(of: Exposure, sidePx: number, sampling: "area" | "nearest" = "area"): Feed {
  return { kind: "whole", of, sidePx, sampling };
}

/**
 * Feeds, for each row of the crop, its row in the whole photo reduced to `sidePx`: [batch, crop], 0 to sidePx - 1.
 *
 * @param sampling `nearest` (default): whole numbers, as TensorFlow 1's nearest resize; `bilinear`: positions between
 * the centres of two rows.
 * @example
 * // runs
 * const feeds = { overview: whole("dark", 96, "nearest"), rows: rowsIn(96), columns: columnsIn(96) } satisfies Feeds;
 */
export function rowsIn(sidePx: number, sampling: "nearest" | "bilinear" = "nearest"): Feed {
  return { kind: "place", axis: "rows", sidePx, sampling };
}

/**
 * Feeds, for each column of the crop, its column in the whole photo reduced to `sidePx`: [batch, crop], 0 to sidePx - 1.
 *
 * @param sampling as in `rowsIn`.
 * @example
 * // runs
 * const feeds = { overview: whole("dark", 96, "nearest"), rows: rowsIn(96), columns: columnsIn(96) } satisfies Feeds;
 */
export function columnsIn(sidePx: number, sampling: "nearest" | "bilinear" = "nearest"): Feed {
  return { kind: "place", axis: "columns", sidePx, sampling };
}

/**
 * Feeds 0 or 1, each with a chance of one half: [batch, 1, 1, 1].
 *
 * @example
 * // runs
 * const feeds = { low: crop("dark"), high: crop("bright"), brighten: coin() } satisfies Feeds;
 */
export function coin(): Feed {
  return { kind: "coin" };
}

/**
 * Feeds a number drawn evenly from 0 up to 1: [batch, 1, 1, 1].
 *
 * @param stream a whole number: feeds of other streams are drawn independently.
 * @example
 * // runs
 * const feeds = { low: crop("dark"), high: crop("bright"), gamma: uniform(), lift: uniform(1) } satisfies Feeds;
 */
export function uniform(stream = 0): Feed {
  return { kind: "uniform", stream };
}

/** The size of a batch. */
export interface BatchSize {
  /** Pairs, or dark photos, of one step. */
  readonly batch: number;
  /** Side of the square crops in pixels. */
  readonly cropPx: number;
}

/** Computes the shape of a feed's tensor. */
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

/**
 * Builds the inputs of a step's graph: one for each feed, by the same name and in the same order.
 *
 * @example
 * // runs
 * const feeds = { low: crop("dark"), high: crop("bright") } satisfies Feeds;
 * const { low, high } = feedInputs(feeds, { batch: 8, cropPx: 96 });
 * high; // [8, 3, 96, 96]
 */
export function feedInputs<F extends Feeds>(feeds: F, size: BatchSize): { readonly [Name in keyof F]: Tensor } {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, feed]) => [name, input(name, shapeOfFeed(feed, size))]),
  ) as { [Name in keyof F]: Tensor };
}
