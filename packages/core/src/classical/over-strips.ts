import { type Steps, within } from "../flow/steps.ts";

/** Rows of a picture that are worked out together. */
export interface Strip {
  /** The rows whose results count: `first` to `last`, exclusive. */
  readonly first: number;
  readonly last: number;
  /** The rows to work on, with margins where there are some: `top` to `bottom`, exclusive. */
  readonly top: number;
  readonly bottom: number;
}

/** Pixels of a strip, margins left out, in a picture that is not very wide: some 100 MB for a solver. */
const solverPixels = 1 << 20;

/**
 * Works through a picture in strips of whole rows, so that memory depends on the strip and not on the picture.
 *
 * @param margin rows beyond a strip that its results depend on.
 * @param pixels of a strip, margins left out; more where the picture is wider than half of them over the margin.
 */
export function* overStrips(
  width: number,
  height: number,
  margin: number,
  work: (strip: Strip) => Steps<void>,
  pixels: number = solverPixels,
): Steps<void> {
  const rows = Math.max(2 * margin, Math.floor(pixels / width), 1);
  for (let first = 0; first < height; first += rows) {
    const last = Math.min(height, first + rows);
    const strip = { first, last, top: Math.max(0, first - margin), bottom: Math.min(height, last + margin) };
    yield* within(first / height, last / height, work(strip));
  }
}
