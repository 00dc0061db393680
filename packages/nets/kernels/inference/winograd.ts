import { finishPixel } from "./finish";
import { multiply, wholeGroups } from "./multiply";
import {
  biasOf,
  channelsOf,
  columnsOf,
  floatBytes,
  fromOf,
  heightOf,
  modeOf,
  otherOf,
  pixelAt,
  rowBytesOf,
  toOf,
  vectorBytes,
  weightsOf,
  widthOf,
} from "./records";

// Convolutions with windows of 3x3 and a stride of 1 by Winograd's F(4x4, 3x3): 36 products for 16 pixels of a channel in place of
// 144 (Lavin and Gray, arXiv 1509.09308).

/** Pixels of the result in a row of a tile, and pixels that they see. */
const tile: i32 = 4;
const seen: i32 = 6;
const positions: i32 = seen * seen;

/** Tiles that are worked on at once, a unit: what they need stays in the caches. */
const most: i32 = 24;

export function tilesOfUnit(): i32 {
  return most;
}

/**
 * Bytes between what is kept of two positions. One line of the cache more than needed: a step that is a multiple of 4096 bytes would
 * put all of them into the same few places of the cache.
 */
function positionBytesOf(channels: i32): i32 {
  return most * channels * floatBytes + 64;
}

/** Bytes of scratch memory for tiles of so many channels. */
export function winogradScratch(channels: i32, columns: i32): i32 {
  return positions * (positionBytesOf(channels) + positionBytesOf(columns) + vectorBytes);
}

/** Convolves as many tiles as are worked on at once, in the order of rows. */
export function convolveTiles(step: usize, unit: i32, scratch: usize): void {
  const from = fromOf(step);
  const to = toOf(step);
  const channels = channelsOf(from);
  const columns = columnsOf(step);
  const across = (widthOf(to) + tile - 1) / tile;
  const tiles = across * ((heightOf(to) + tile - 1) / tile);
  const spectrum = scratch + positions * vectorBytes;
  const products = spectrum + positions * positionBytesOf(channels);
  const first = unit * most;
  const count = min(most, tiles - first);
  for (let i = 0; i < count; i++) {
    const place = pixelAt(from, ((first + i) % across) * tile - 1, ((first + i) / across) * tile - 1);
    transformTile(place, channels, rowBytesOf(from), spectrum + i * channels * floatBytes, scratch);
  }
  const rows = wholeGroups(count);
  for (let position = 0; position < positions; position++) {
    multiply(
      spectrum + position * positionBytesOf(channels),
      weightsOf(step) + position * channels * columns * floatBytes,
      products + position * positionBytesOf(columns),
      rows,
      channels,
      columns,
    );
  }
  for (let i = 0; i < count; i++) {
    const product = products + i * columns * floatBytes;
    writeTile(step, (first + i) % across, (first + i) / across, product, columns, scratch);
  }
}

/** Transforms the pixels that a tile sees: columns first, then rows. */
function transformTile(place: usize, channels: i32, rowBytes: i32, spectrum: usize, scratch: usize): void {
  const pixelBytes = channels * floatBytes;
  const step = positionBytesOf(channels);
  for (let at = 0; at < pixelBytes; at += vectorBytes) {
    transformLines(place + at, rowBytes, pixelBytes, scratch, seen * vectorBytes, vectorBytes);
    transformLines(scratch, vectorBytes, seen * vectorBytes, spectrum + at, step, seen * step);
  }
}

/** Transforms six lines of six vectors: `step` lies between vectors, `next` between lines. */
function transformLines(first: usize, step: i32, next: i32, firstTo: usize, stepTo: i32, nextTo: i32): void {
  const four = f32x4.splat(4);
  const five = f32x4.splat(5);
  let from = first;
  let to = firstTo;
  for (let line = 0; line < seen; line++, from += next, to += nextTo) {
    const d0 = v128.load(from);
    const d1 = v128.load(from + step);
    const d2 = v128.load(from + 2 * step);
    const d3 = v128.load(from + 3 * step);
    const d4 = v128.load(from + 4 * step);
    const d5 = v128.load(from + 5 * step);
    const evenFar = f32x4.sub(d4, f32x4.mul(four, d2));
    const oddFar = f32x4.sub(d3, f32x4.mul(four, d1));
    const even = f32x4.sub(d4, d2);
    const half = f32x4.sub(d3, d1);
    const odd = f32x4.add(half, half);
    v128.store(to, f32x4.add(f32x4.sub(f32x4.mul(four, d0), f32x4.mul(five, d2)), d4));
    v128.store(to + stepTo, f32x4.add(evenFar, oddFar));
    v128.store(to + 2 * stepTo, f32x4.sub(evenFar, oddFar));
    v128.store(to + 3 * stepTo, f32x4.add(even, odd));
    v128.store(to + 4 * stepTo, f32x4.sub(even, odd));
    v128.store(to + 5 * stepTo, f32x4.add(f32x4.sub(f32x4.mul(four, d1), f32x4.mul(five, d3)), d5));
  }
}

/** Transforms products back, and writes those pixels of a tile that the map has. */
function writeTile(step: usize, column: i32, row: i32, products: usize, columns: i32, scratch: usize): void {
  const to = toOf(step);
  const other = otherOf(step);
  const mode = modeOf(step);
  const width = min(tile, widthOf(to) - column * tile);
  const height = min(tile, heightOf(to) - row * tile);
  const pixelBytes = channelsOf(to) * floatBytes;
  const positionBytes = positionBytesOf(columns);
  const place = pixelAt(to, column * tile, row * tile);
  const residual = other ? pixelAt(other, column * tile, row * tile) : 0;
  const lineBytes = seen * vectorBytes;
  for (let at = 0; at < pixelBytes; at += vectorBytes) {
    restoreLines(products + at, seen * positionBytes, positionBytes, scratch, lineBytes, vectorBytes, seen);
    restoreLines(scratch, vectorBytes, lineBytes, scratch, vectorBytes, lineBytes, height);
    const bias = v128.load(biasOf(step) + at);
    for (let y = 0; y < height; y++) {
      const line = scratch + y * lineBytes;
      const begin = y * rowBytesOf(to) + at;
      for (let x = 0; x < width; x++) {
        const offset = begin + x * pixelBytes;
        finishPixel(v128.load(line + x * vectorBytes), bias, place + offset, residual ? residual + offset : 0, mode);
      }
    }
  }
}

/** Transforms `lines` lines of six vectors back to four, in place where both places are the same. */
function restoreLines(first: usize, step: i32, next: i32, firstTo: usize, stepTo: i32, nextTo: i32, lines: i32): void {
  const four = f32x4.splat(4);
  const eight = f32x4.splat(8);
  let from = first;
  let to = firstTo;
  for (let line = 0; line < lines; line++, from += next, to += nextTo) {
    const m0 = v128.load(from);
    const m1 = v128.load(from + step);
    const m2 = v128.load(from + 2 * step);
    const m3 = v128.load(from + 3 * step);
    const m4 = v128.load(from + 4 * step);
    const m5 = v128.load(from + 5 * step);
    const nearSum = f32x4.add(m1, m2);
    const nearStep = f32x4.sub(m1, m2);
    const farSum = f32x4.add(m3, m4);
    const farStep = f32x4.sub(m3, m4);
    v128.store(to, f32x4.add(f32x4.add(m0, nearSum), farSum));
    v128.store(to + stepTo, f32x4.add(nearStep, f32x4.add(farStep, farStep)));
    v128.store(to + 2 * stepTo, f32x4.add(nearSum, f32x4.mul(four, farSum)));
    v128.store(to + 3 * stepTo, f32x4.add(f32x4.add(nearStep, f32x4.mul(eight, farStep)), m5));
  }
}
