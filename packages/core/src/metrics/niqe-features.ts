import { KindlingError } from "../errors.ts";
import type { Picture } from "../image/picture.ts";
import { asymmetricGaussianFit } from "./asymmetric-gaussian.ts";
import { halfStrip, lumaStrip, normaliseStrip, type Strip } from "./niqe-strips.ts";

/** Side of a block at full size (px). */
const blockSide = 96;
/** Numbers that describe a block: 18 at full size and 18 at half. */
export const niqeFeatureCount = 36;
const featuresPerScale = niqeFeatureCount / 2;

/** What NIQE measures of a picture. */
export interface NiqeFeatures {
  readonly blocks: number;
  /** 36 numbers a block, blocks column by column; NaN where a block has no texture. */
  readonly values: Float64Array;
  /** Mean local deviation of each block, in levels of 0..255: how sharp it is. */
  readonly sharpness: Float64Array;
}

/**
 * The natural-scene statistics of every whole block of 96x96 pixels; what is left over at the right and the bottom
 * is ignored.
 *
 * Works through the picture in strips of block rows, so that the memory it takes grows with the width alone.
 *
 * Source: Mittal, Soundararajan, Bovik, Making a "completely blind" image quality analyzer, IEEE Signal Processing
 * Letters 20(3), 2013, equations 1 to 8; the choices the paper leaves open as in BasicSR.
 *
 * @throws {KindlingError} `unsupported` where not even two blocks fit.
 */
export function niqeFeatures(picture: Picture): NiqeFeatures {
  const across = Math.floor(picture.width / blockSide);
  const down = Math.floor(picture.height / blockSide);
  const blocks = across * down;
  if (blocks < 2) {
    const size = `${picture.width} x ${picture.height}`;
    throw new KindlingError(
      "unsupported",
      `NIQE needs two blocks of ${blockSide} x ${blockSide} pixels; the picture has ${size}.`,
    );
  }
  const [width, height] = [across * blockSide, down * blockSide];
  const values = new Float64Array(blocks * niqeFeatureCount);
  const sharpness = new Float64Array(blocks);
  const fitFull = blockFeatures(blockSide);
  const fitHalf = blockFeatures(blockSide / 2);
  for (let row = 0; row < down; row++) {
    const [top, bottom] = [row * blockSide, (row + 1) * blockSide];
    const luma = lumaStrip(picture, width, height, top, bottom);
    const half = halfStrip(luma, height, top / 2, bottom / 2);
    const full = normaliseStrip(luma, height, top, bottom);
    const small = normaliseStrip(half, height / 2, top / 2, bottom / 2);
    for (let column = 0; column < across; column++) {
      const block = column * down + row;
      const at = block * niqeFeatureCount;
      values.set(fitFull(full.normalised, column * blockSide), at);
      values.set(fitHalf(small.normalised, (column * blockSide) / 2), at + featuresPerScale);
      sharpness[block] = meanOfBlock(full.deviation, column * blockSide);
    }
  }
  return { blocks, values, sharpness };
}

/** Where the four neighbours lie that each pixel is multiplied with: [rows, columns] back. */
const neighbours = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/** Makes a function for the 18 features of the block of this side that begins at a column of a strip. */
function blockFeatures(side: number): (strip: Strip, left: number) => number[] {
  const fit = asymmetricGaussianFit();
  const block = new Float64Array(side * side);
  const products = new Float64Array(side * side);
  return (strip, left) => {
    for (let y = 0; y < side; y++) {
      const from = y * strip.width + left;
      block.set(strip.values.subarray(from, from + side), y * side);
    }
    const own = fit(block);
    const features = [own.shape, (own.left + own.right) / 2];
    for (const [rows, columns] of neighbours) {
      // The block is taken as a torus: its first row has the last one before it.
      for (let y = 0; y < side; y++) {
        const above = ((y - rows + side) % side) * side;
        for (let x = 0; x < side; x++) {
          products[y * side + x] = block[y * side + x] * block[above + ((x - columns + side) % side)];
        }
      }
      const { shape, mean, left, right } = fit(products);
      features.push(shape, mean, left, right);
    }
    return features;
  };
}

function meanOfBlock({ width, values }: Strip, left: number): number {
  let sum = 0;
  for (let y = 0; y < blockSide; y++) {
    for (let x = left; x < left + blockSide; x++) sum += values[y * width + x];
  }
  return sum / blockSide ** 2;
}
