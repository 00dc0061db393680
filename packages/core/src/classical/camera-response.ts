/** Parameters of the camera model of Ying and others, fitted to 201 response curves. */
const a = -0.3293;
const b = 1.1258;

/**
 * What a camera would have recorded, at `ratio` times the exposure, where it recorded I (0 to 1): beta I^gamma with gamma =
 * ratio^a and beta = exp(b (1 - gamma)). Not clipped: up to 3 for a ratio without bound.
 *
 * Source: Ying, Li, Ren, Wang, Wang, "A New Low-Light Image Enhancement Algorithm Using Camera Response Model", ICCV
 * Workshops 2017, equations 6 and 7.
 */
export function atExposure(ratio: number): (value: number) => number {
  const gamma = ratio ** a;
  const beta = Math.exp(b * (1 - gamma));
  return (value) => beta * value ** gamma;
}
