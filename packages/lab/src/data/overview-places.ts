import { nearestIndices } from "@kindling/core/internal";
import { dihedralSource } from "./dihedral.ts";
import type { Feed } from "./feeds.ts";
import type { PatchDraw } from "./patch-draw.ts";
import type { ImageFacts } from "./training-image.ts";

/** The places of a crop's pixels in the reduced whole picture; both are turned alike. */
export interface OverviewPlaces {
  /** For each row of the crop, its row in the overview. */
  readonly rows: Float32Array;
  /** For each column of the crop, its column in the overview. */
  readonly columns: Float32Array;
}

/**
 * Finds where a crop lies in its picture's overview. A map of the overview's size, sampled at the result, equals that map
 * after `resizeNearest`, or `enlargeTo`, to the picture's size, cut and turned like the crop.
 *
 * @param place with the side of the overview, which is turned like the crop.
 */
export function overviewPlaces(
  { width, height }: Pick<ImageFacts, "width" | "height">,
  { left, top, dihedral }: PatchDraw,
  cropPx: number,
  { sidePx, sampling }: Pick<Extract<Feed, { kind: "place" }>, "sidePx" | "sampling">,
): OverviewPlaces {
  const { transposed, rowsReversed, columnsReversed } = dihedralSource(dihedral);
  const along = (start: number, length: number, reversed: boolean) => {
    const stretched = sampling === "nearest" ? nearestIndices(sidePx, length) : bilinearPositions(sidePx, length);
    return Float32Array.from({ length: cropPx }, (_, i) =>
      reversed ? sidePx - 1 - stretched[start + cropPx - 1 - i] : stretched[start + i],
    );
  };
  const vertical = along(top, height, rowsReversed);
  const horizontal = along(left, width, columnsReversed);
  return transposed ? { rows: horizontal, columns: vertical } : { rows: vertical, columns: horizontal };
}

/** Finds the position of every pixel of a row in the row reduced to `sidePx`; the outermost have no neighbour beyond them. */
function bilinearPositions(sidePx: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * sidePx) / length - 0.5, 0), sidePx - 1),
  );
}
