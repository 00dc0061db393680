import type { Picture } from "../image/picture.ts";
import { meanDifference } from "./mean-difference.ts";

/**
 * Mean squared error: how far the samples lie apart, large misses weighing most.
 *
 * In squared levels of 0..255 whatever the depth, over all pixels and colours; 0 for equal pictures. Symmetric.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ.
 * @example
 * // runs
 * mse(result, reference); // 193.52
 */
export function mse(result: Picture, reference: Picture): number {
  return meanDifference(result, reference, (difference) => difference * difference);
}
