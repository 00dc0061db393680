import { createRandom, type ModelTensor, type Picture } from "@kindling/core";
import { pictureOfIntegers, withMirroredBorder } from "@kindling/core/internal";
import { createGraph, input } from "@kindling/nets";
import { tensorOfPicture } from "@kindling/node/internal";
import { expect, test } from "vitest";
import { largestDifference, runGraph } from "../../../../test/support/run-graph.ts";
import { placePixels } from "./analysis.ts";
import { separatingSinks } from "./separate-noise.ts";

const random = createRandom(8, "blocks");

/** What the decoder could give for a picture of so many pixels, of a grid of 16. */
function blocksOf(width: number, height: number): Readonly<Record<string, ModelTensor>> {
  const [across, down] = [width, height].map((side) => 4 * Math.ceil(side / 16));
  const tensor = (channels: number, least: number, most: number) => ({
    shape: [1, channels, down, across],
    values: Float32Array.from({ length: channels * down * across }, () => least + (most - least) * random()),
  });
  return { detail: tensor(48, -0.1, 0.1), fineShare: tensor(16, 0, 1), smooth: tensor(3, -6, 6) };
}

/** Runs the formulas of the graph. */
async function byGraph(image: ModelTensor, blocks: Readonly<Record<string, ModelTensor>>) {
  const seen = input("image", image.shape);
  const [detail, fineShare, smooth] = Object.entries(blocks).map(([name, { shape }]) => input(`${name}Blocks`, shape));
  const outputs = placePixels(seen, { detail: detail!, fineShare: fineShare!, smooth: smooth! });
  const graph = createGraph("placed", [seen, detail!, fineShare!, smooth!], { ...outputs });
  const given = Object.fromEntries(Object.entries(blocks).map(([name, tensor]) => [`${name}Blocks`, tensor]));
  return runGraph(graph, new Map(), { image, ...given });
}

/** Gives the blocks to the sinks in tiles of so many blocks, each with a halo of one, and collects what they take. */
function byKernel(
  picture: Picture,
  borderPx: number,
  blocks: Readonly<Record<string, ModelTensor>>,
  tileBlocks: number,
) {
  const { width, height } = picture;
  const size = width * height;
  const detail = new Float32Array(3 * size);
  const [confidence, alpha, own] = [new Float32Array(size), new Float32Array(size), new Float32Array(3 * size)];
  const sinks = separatingSinks(picture, borderPx, (y, from, to, rows) => {
    const at = y * width + from;
    for (const [c, plane] of [rows.redDetail, rows.greenDetail, rows.blueDetail].entries()) {
      detail.set(plane.subarray(0, to - from), c * size + at);
    }
    confidence.set(rows.confidence.subarray(0, to - from), at);
    alpha.set(rows.alpha.subarray(0, to - from), at);
    // With no noise removed, the restored roots are the own ones.
    rows.mix(to - from, 0, 0, 0.3, 0.6, 0.1, 1, 2);
    for (const [c, plane] of [rows.red, rows.green, rows.blue].entries())
      own.set(plane.subarray(0, to - from), c * size + at);
  });
  const border = { left: borderPx, top: borderPx, right: borderPx, bottom: borderPx };
  const { flow } = withMirroredBorder(picture, border, { inputs: {}, outputs: sinks });
  const [, , down = 0, across = 0] = blocks["detail"]!.shape;
  for (let top = 0; top < down; top += tileBlocks) {
    for (let left = 0; left < across; left += tileBlocks) {
      const kept = { left, top, width: Math.min(tileBlocks, across - left), height: Math.min(tileBlocks, down - top) };
      const [first, firstRow] = [Math.max(left - 1, 0), Math.max(top - 1, 0)];
      const fed = {
        left: first,
        top: firstRow,
        width: Math.min(left + kept.width + 1, across) - first,
        height: Math.min(top + kept.height + 1, down) - firstRow,
      };
      for (const [name, sink] of Object.entries(flow.outputs)) {
        const { shape, values } = blocks[name]!;
        const part = Float32Array.from({ length: shape[1]! * fed.width * fed.height }, (_, i) => {
          const [x, y] = [i % fed.width, Math.floor(i / fed.width) % fed.height];
          const channel = Math.floor(i / (fed.width * fed.height));
          return values[(channel * down + fed.top + y) * across + fed.left + x]!;
        });
        sink.take({ fed, kept }, part);
      }
    }
  }
  return { detail, confidence, alpha, own };
}

/** A picture with a mirrored border. */
function bordered(picture: Picture, px: number): Picture {
  const { width, height, channels } = picture;
  const mirrored = (position: number, count: number) => {
    const at = Math.abs(position);
    return at < count ? at : 2 * count - 2 - at;
  };
  const [across, down] = [width + 2 * px, height + 2 * px];
  const samples = Float32Array.from({ length: across * down * channels }, (_, i) => {
    const [x, y] = [Math.floor(i / channels) % across, Math.floor(i / channels / across)];
    return picture.samples[(mirrored(y - px, height) * width + mirrored(x - px, width)) * channels + (i % channels)]!;
  });
  return { ...picture, width: across, height: down, samples };
}

test.each([
  { width: 37, height: 29, channels: 3, borderPx: 8, tileBlocks: 64, bits: 32 },
  { width: 37, height: 29, channels: 3, borderPx: 8, tileBlocks: 4, bits: 8 },
  { width: 50, height: 23, channels: 4, borderPx: 8, tileBlocks: 3, bits: 16 },
  { width: 21, height: 19, channels: 1, borderPx: 4, tileBlocks: 5, bits: 32 },
  { width: 18, height: 9, channels: 2, borderPx: 0, tileBlocks: 2, bits: 8 },
] as const)(
  "separates noise as the graph does: $width x $height, $channels channels, $bits bits, border $borderPx px, tiles of $tileBlocks blocks",
  async ({ width, height, channels, borderPx, tileBlocks, bits }) => {
    const most = bits === 32 ? 1 : 2 ** bits - 1;
    const given = Float32Array.from({ length: width * height * channels }, () =>
      bits === 32 ? random() : Math.floor(most * random()),
    );
    const size = { width, height, channels };
    const picture: Picture =
      bits === 32
        ? { ...size, samples: given }
        : pictureOfIntegers({ ...size, samples: bits === 8 ? Uint8Array.from(given) : Uint16Array.from(given) });
    const seen = bordered(picture, borderPx);
    const blocks = blocksOf(seen.width, seen.height);
    const expected = await byGraph(tensorOfPicture(seen), blocks);
    const found = byKernel(picture, borderPx, blocks, tileBlocks);
    /** Values of the graph inside of the border. */
    const inside = ({ shape, values }: ModelTensor) =>
      values.filter((_, i) => {
        const [x, y] = [i % seen.width, Math.floor(i / seen.width) % shape[2]!];
        return x >= borderPx && x < borderPx + width && y >= borderPx && y < borderPx + height;
      });
    expect(largestDifference(found.detail, inside(expected["detail"]!))).toBeLessThan(1e-6);
    expect(largestDifference(found.confidence, inside(expected["confidence"]!))).toBeLessThan(5e-6);
    const own = tensorOfPicture(picture).values.map(Math.sqrt);
    expect(largestDifference(found.own, own)).toBeLessThan(1e-6);
    if (channels % 2 === 0) {
      const alpha = picture.samples.filter((_, i) => i % channels === channels - 1);
      expect(largestDifference(found.alpha, alpha)).toBeLessThan(1e-6);
    }
  },
);
