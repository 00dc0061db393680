import type { Picture } from "@kindling/core";
import { hasAlpha, mirrorIndex, type Region, type TileSink } from "@kindling/core/internal";
import { type Blur, blockPx, coarseBlur, fineBlur, gridPx } from "./facts.ts";
import { readPixels, readWindowRow } from "./photo-rows.ts";
import { type RowKernel, rowKernel, windowMargin, windowRows } from "./row-kernel.ts";

/**
 * Takes the pixels `from` to `to` (exclusive) of a row: their own roots, what is added to these to remove the noise, and the
 * confidence.
 */
export type TakeFound = (y: number, from: number, to: number, rows: RowKernel) => void;

/** Pixels of a block, each of which is a channel. */
const phases = blockPx ** 2;

/** Channels of what the decoder gives. */
const channelsOf = { detail: 3 * phases, fineShare: phases, smooth: 3 } as const;

/** What the decoder gives for a tile. */
type BlockMaps = Readonly<Record<keyof typeof channelsOf, Float32Array>>;

/** Rows on each side of a row that its noise depends on. */
const reach = coarseBlur.radiusPx;

/** The weights of both blurs, from their centres on. */
const weights = [coarseBlur, fineBlur].flatMap(halfOf);

/** A tile of a picture, whose blocks are one value each. */
interface BlockTile {
  readonly fed: Region;
  readonly kept: Region;
}

/**
 * Takes the decoder's blocks tile by tile, puts their pixels in their places, and separates the noise by its shares: the formulas of
 * the graph `ember/analysis` (`noiseOf`).
 *
 * @param picture encoded, 0 to 1.
 * @param borderPx width of the mirrored border that the network saw; beyond it the last pixel is repeated.
 * @param take gets every row of every tile, from its top.
 */
export function separatingSinks(
  picture: Picture,
  borderPx: number,
  take: TakeFound,
): Readonly<Record<keyof BlockMaps, TileSink>> {
  // The results of a tile come one after the other, in any order.
  let results: Partial<BlockMaps> = {};
  const sinkOf = (name: keyof BlockMaps): TileSink => ({
    channels: channelsOf[name],
    scale: { blockPx, gridPx },
    // Smooth maps are enlarged.
    ...(name === "smooth" && { aroundPx: blockPx }),
    take(tile, values) {
      results = { ...results, [name]: values };
      const { detail, fineShare, smooth } = results;
      if (!detail || !fineShare || !smooth) return;
      results = {};
      separateTile(picture, borderPx, tile, { detail, fineShare, smooth }, take);
    },
  });
  return { detail: sinkOf("detail"), fineShare: sinkOf("fineShare"), smooth: sinkOf("smooth") };
}

// Loops over rows stand in functions of their own: of closures made for every photo, V8 keeps no optimised code.

function separateTile(
  picture: Picture,
  borderPx: number,
  { fed, kept }: BlockTile,
  maps: BlockMaps,
  take: TakeFound,
): void {
  const { width, height } = picture;
  const rows = rowKernel(width);
  rows.weights.set(weights);
  const [from, top] = [kept.left * blockPx, kept.top * blockPx];
  const to = Math.min(from + kept.width * blockPx, width);
  const end = Math.min(top + kept.height * blockPx, height);
  const isTransparent = hasAlpha(picture);
  const rowAt = (y: number) => edgeIndex(y, height, borderPx);
  for (let y = top - reach; y < top + reach; y++)
    fillWindow(rows, picture, rowAt(y), { index: indexOf(y), from, to, borderPx });
  for (let y = top; y < end; y++) {
    fillWindow(rows, picture, rowAt(y + reach), { index: indexOf(y + reach), from, to, borderPx });
    fillBlocks(rows, maps, fed, kept, y);
    rows.placeBlocks(to - from, y % blockPx);
    if (isTransparent) readPixels(rows, picture, y * width + from, to - from);
    rows.separateNoise(indexOf(y), to - from);
    take(y, from, to, rows);
  }
}

/** Where a row lies in the window, a ring. */
function indexOf(y: number): number {
  return (y + windowRows) % windowRows;
}

/** The pixel that a network sees at a position: beyond the edges the mirrored border, and beyond that its last pixel. */
function edgeIndex(position: number, size: number, borderPx: number): number {
  return mirrorIndex(Math.min(Math.max(position, -borderPx), size - 1 + borderPx), size);
}

/** Fills a row of the window with a row of the picture, from `reach` pixels before `from` to `reach` pixels after `to`. */
function fillWindow(
  rows: RowKernel,
  picture: Picture,
  y: number,
  {
    index,
    from,
    to,
    borderPx,
  }: { readonly index: number; readonly from: number; readonly to: number; readonly borderPx: number },
): void {
  const { width } = picture;
  const [first, end] = [Math.max(from - reach, 0), Math.min(to + reach, width)];
  readWindowRow(rows, picture, y * width + first, end - first, { index, column: first - from });
  for (const colour of rows.window[index]) {
    for (let x = from - reach; x < first; x++) copyEdge(colour, x - from, edgeIndex(x, width, borderPx) - from);
    for (let x = end; x < to + reach; x++) copyEdge(colour, x - from, edgeIndex(x, width, borderPx) - from);
  }
  rows.greyWindowRow(index, to - from);
}

function copyEdge(colour: Float32Array, to: number, from: number): void {
  colour[windowMargin + to] = colour[windowMargin + from];
}

/** Copies what the maps of a tile hold for a row of pixels. */
function fillBlocks(rows: RowKernel, maps: BlockMaps, fed: Region, kept: Region, y: number): void {
  const area = fed.width * fed.height;
  const block = Math.floor(y / blockPx) - fed.top;
  const left = kept.left - fed.left;
  const firstPhase = (y % blockPx) * blockPx;
  for (let plane = 0; plane < 4; plane++) {
    const values = plane < 3 ? maps.detail : maps.fineShare;
    const first = ((plane % 3) * phases + firstPhase) * area + block * fed.width + left;
    for (let phase = 0; phase < blockPx; phase++) {
      const at = first + phase * area;
      rows.blocks[plane * blockPx + phase].set(values.subarray(at, at + kept.width));
    }
  }
  for (let map = 0; map < channelsOf.smooth; map++) {
    for (let row = 0; row < 3; row++) {
      const beside = Math.min(Math.max(block + row - 1, 0), fed.height - 1);
      const at = map * area + beside * fed.width + left;
      copyWithNeighbours(maps.smooth, at, left, kept.width, fed.width, rows.smoothRows[3 * map + row]);
    }
  }
}

/** Copies values of a row, and the one to the left and to the right of them; at the row's ends they are repeated. */
function copyWithNeighbours(
  values: Float32Array,
  at: number,
  left: number,
  count: number,
  width: number,
  to: Float32Array,
): void {
  to[0] = values[left > 0 ? at - 1 : at];
  to.set(values.subarray(at, at + count), 1);
  to[count + 1] = values[left + count < width ? at + count : at + count - 1];
}

/** A Gaussian's weights from its centre on, of a sum of 1 with the other half. */
function halfOf({ sigmaPx, radiusPx }: Blur): number[] {
  const values = Array.from({ length: radiusPx + 1 }, (_, i) => Math.exp(-(i ** 2) / (2 * sigmaPx ** 2)));
  const sum = values.reduce((total, value, i) => total + (i === 0 ? 1 : 2) * value, 0);
  return values.map((value) => value / sum);
}
