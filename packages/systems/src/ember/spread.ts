import { max, sqrt, type Tensor } from "@kindling/nets";

/**
 * Takes the square root of encoded values, which gives dark values a larger share of the range.
 *
 * @param image 0 to 1.
 */
export function spread(image: Tensor): Tensor {
  return sqrt(max(image, 0));
}
