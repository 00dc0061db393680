import type { Picture } from "../image/picture.ts";
import { mse } from "./mse.ts";

/**
 * Peak signal-to-noise ratio: the error against the full range, on a logarithmic scale. More is better.
 *
 * In decibels: 10 log10(255^2 / MSE), the MSE over all pixels and colours; infinite for equal pictures. Symmetric.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ.
 * @example
 * // runs
 * psnr(result, reference); // 25.26
 * psnr(dark, reference); // 6.90
 */
export function psnr(result: Picture, reference: Picture): number {
  return 10 * Math.log10(255 ** 2 / mse(result, reference));
}
