import { nearestIndices } from "@kindling/core/internal";
import { dihedralSource } from "./dihedral.ts";
import type { PatchDraw } from "./patch-draw.ts";
import type { ImageFacts } from "./training-image.ts";

/** The places of a crop's pixels in the reduced whole picture; both are turned alike. */
export interface OverviewPlaces {
  /** For each row of the crop, its row in the overview. */
  readonly rows: Int32Array;
  /** For each column of the crop, its column in the overview. */
  readonly columns: Int32Array;
}

/**
 * Finds where a crop lies in its picture's overview. A map of the overview's size, indexed by the result, equals that map
 * after `resizeNearest` to the picture's size, cut and turned like the crop.
 *
 * @param overviewPx side of the overview, which is turned like the crop.
 */
export function overviewPlaces(
  { width, height }: Pick<ImageFacts, "width" | "height">,
  { left, top, dihedral }: PatchDraw,
  cropPx: number,
  overviewPx: number,
): OverviewPlaces {
  const { transposed, rowsReversed, columnsReversed } = dihedralSource(dihedral);
  const along = (start: number, length: number, reversed: boolean) => {
    const stretched = nearestIndices(overviewPx, length);
    return Int32Array.from({ length: cropPx }, (_, i) =>
      reversed ? overviewPx - 1 - stretched[start + cropPx - 1 - i] : stretched[start + i],
    );
  };
  const vertical = along(top, height, rowsReversed);
  const horizontal = along(left, width, columnsReversed);
  return transposed ? { rows: horizontal, columns: vertical } : { rows: vertical, columns: horizontal };
}
