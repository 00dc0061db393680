import type { Picture } from "../image/picture.ts";
import { meanDifference } from "./mean-difference.ts";

/**
 * Mean absolute error: how many levels a sample is off on average.
 *
 * In levels of 0..255 whatever the depth, over all pixels and colours; 0 for equal pictures. Symmetric.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ.
 * @example
 * // runs
 * mae(result, reference); // 13.25
 */
export function mae(result: Picture, reference: Picture): number {
  return meanDifference(result, reference, Math.abs);
}
