import { finish, type Picture } from "@kindling/core";
import { reduceColours } from "@kindling/core/internal";

/** Side of the reduced picture whose edges count, in pixels. */
const sidePx = 64;

/** The edges of a small version of a picture: differences of luma between neighbouring pixels. */
export interface EdgeMap {
  /** Width and height of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** Mean luma (0.299 R + 0.587 G + 0.114 B) of the whole picture, 0 to 1. */
  readonly meanLuma: number;
  /** Differences to the right and downwards, alternating, 63 x 63 pixels row by row. */
  readonly gradients: Float32Array;
}

/** Finds the edges of a picture reduced to 64 x 64 pixels, each the mean of the area it covers. */
export function edgeMapOf(picture: Picture): EdgeMap {
  const { width, height } = picture;
  const [red, green, blue] = finish(reduceColours(picture, sidePx, sidePx)).map(({ values }) => values);
  const luma = red.map((value, i) => 0.299 * value + 0.587 * green[i] + 0.114 * blue[i]);
  const gradients = new Float32Array(2 * (sidePx - 1) ** 2);
  let to = 0;
  for (let y = 0; y < sidePx - 1; y++) {
    for (let x = 0; x < sidePx - 1; x++) {
      const at = y * sidePx + x;
      gradients[to++] = luma[at + 1] - luma[at];
      gradients[to++] = luma[at + sidePx] - luma[at];
    }
  }
  return { width, height, meanLuma: luma.reduce((sum, value) => sum + value, 0) / luma.length, gradients };
}

/**
 * Measures how well the edges of two pictures agree, whatever their exposures: 1 = every edge runs alike, 0 = no relation.
 *
 * It is the mean cosine of the angle between the gradients of both, weighted by the root of the product of their lengths,
 * so that areas which one of them clips or leaves black do not count.
 *
 * @returns -1 to 1; 0 for pictures of different sizes, or without any common edge.
 */
export function edgeAgreement(a: EdgeMap, b: EdgeMap): number {
  if (a.width !== b.width || a.height !== b.height) return 0;
  const [from, to] = [a.gradients, b.gradients];
  let agreement = 0;
  let weights = 0;
  for (let i = 0; i < from.length; i += 2) {
    const ax = from[i];
    const ay = from[i + 1];
    const bx = to[i];
    const by = to[i + 1];
    const product = Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
    if (product < leastProduct) continue;
    const weight = Math.sqrt(product);
    agreement += (weight * (ax * bx + ay * by)) / product;
    weights += weight;
  }
  return weights > 0 ? agreement / weights : 0;
}

/** Product of two gradients below which JPEG blocks and noise decide their directions. */
const leastProduct = 1e-6;
