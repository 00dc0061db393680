import { add, div, max, mul, pow, sub } from "./operations/arithmetic.ts";
import { greater, where } from "./operations/comparison.ts";
import type { Tensor } from "./tensor.ts";

/**
 * Decodes sRGB: encoded values to linear light, both 0 to 1, of any shape. IEC 61966-2-1:1999, section 5.2.
 *
 * @example
 * const mean = reduceMean(linearLight(image), [1, 2, 3]);
 */
export function linearLight(image: Tensor): Tensor {
  const encoded = max(image, 0);
  return where(greater(encoded, 0.04045), pow(div(add(encoded, 0.055), 1.055), 2.4), div(encoded, 12.92));
}

/**
 * Encodes linear light as sRGB, both 0 to 1, of any shape: the inverse of `linearLight`. IEC 61966-2-1:1999, section 5.3.
 *
 * @example
 * const twiceTheLight = encodedLight(mul(linearLight(image), 2));
 */
export function encodedLight(light: Tensor): Tensor {
  const toe = 0.0031308;
  // The power has no finite slope at 0.
  const shoulder = sub(mul(pow(max(light, toe), 1 / 2.4), 1.055), 0.055);
  return where(greater(light, toe), shoulder, mul(max(light, 0), 12.92));
}
