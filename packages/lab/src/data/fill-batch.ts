import { createRandom, type ModelTensor, type ModelTensors } from "@kindling/core";
import type { BatchDraw } from "./batch-draw.ts";
import { type BatchSize, type Feed, type Feeds, shapeOfFeed } from "./feeds.ts";
import { overviewPlaces } from "./overview-places.ts";
import { plainTone, stretchTone } from "./patch-draw.ts";
import { reducePicture } from "./reduce-picture.ts";
import type { TrainingImage } from "./training-image.ts";
import { cropGrid, overviewGrid, writePatch } from "./write-patch.ts";
import { zeroTensor } from "./zero-tensor.ts";

/** Creates a batch of zeros, which `fillBatch` fills, also more than once. */
export function emptyBatch(feeds: Feeds, size: BatchSize): ModelTensors {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, feed]) => [name, zeroTensor(...shapeOfFeed(feed, size))]),
  );
}

/** How a batch is filled. */
export interface FillOptions {
  readonly cropPx: number;
  /** Whether each whole photo is stretched to the range 0 to 1 before it is cut or reduced. */
  readonly stretch: boolean;
}

/**
 * Fills a batch according to its draws.
 *
 * @param imageOf finds a photo by its number.
 */
export function fillBatch(
  batch: ModelTensors,
  feeds: Feeds,
  draws: readonly BatchDraw[],
  imageOf: (index: number) => TrainingImage,
  options: FillOptions,
): void {
  for (const [name, feed] of Object.entries(feeds)) {
    const tensor = batch[name]!;
    for (const [item, draw] of draws.entries()) fillItem(tensor, item, feed, draw, imageOf, options);
  }
}

function fillItem(
  { values }: ModelTensor,
  item: number,
  feed: Feed,
  draw: BatchDraw,
  imageOf: (index: number) => TrainingImage,
  { cropPx, stretch }: FillOptions,
): void {
  const toneOf = ({ facts }: TrainingImage) => (stretch ? stretchTone(facts) : plainTone);
  switch (feed.kind) {
    case "crop": {
      const { image: index, left, top, dihedral } = draw[feed.of];
      const image = imageOf(index);
      const { scale, bias } = toneOf(image);
      const divisor = feed.darkened ? draw.darkening : 1;
      const tone = { scale: scale / divisor, bias: bias / divisor };
      writePatch(values, item * 3 * cropPx ** 2, image, cropGrid(left, top, cropPx), dihedral, tone);
      return;
    }
    case "whole": {
      const { sidePx, sampling } = feed;
      const { image: index, dihedral } = draw[feed.of];
      const image = imageOf(index);
      const offset = item * 3 * sidePx ** 2;
      if (sampling === "nearest") {
        writePatch(values, offset, image, overviewGrid(image.width, image.height, sidePx), dihedral, toneOf(image));
        return;
      }
      writePatch(values, offset, reducePicture(image, sidePx), cropGrid(0, 0, sidePx), dihedral, toneOf(image));
      return;
    }
    case "place":
      values.set(overviewPlaces(imageOf(draw.dark.image), draw.dark, cropPx, feed)[feed.axis], item * cropPx);
      return;
    case "coin":
      values[item] = draw.coin;
      return;
    case "uniform":
      values[item] = feed.stream === 0 ? draw.uniform : drawStream(draw.uniform, feed.stream);
  }
}

/** Draws a further even number, which the first one decides: so draws need not know how many numbers a stage uses. */
function drawStream(first: number, stream: number): number {
  return createRandom(Math.floor(first * 2 ** 32), `uniform ${stream}`)();
}
