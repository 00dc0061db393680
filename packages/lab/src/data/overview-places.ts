import { nearestIndices } from "@kindling/core/internal";
import { dihedralSource } from "./dihedral.ts";
import type { PatchDraw } from "./patch-draw.ts";
import type { ImageFacts } from "./training-image.ts";

/** Where the pixels of a crop lie in the reduced whole picture, both turned alike. */
export interface OverviewPlaces {
  /** For each row of the crop, the overview's row that is stretched over it. */
  readonly rows: Int32Array;
  /** For each column of the crop, the overview's column. */
  readonly columns: Int32Array;
}

/**
 * Where a crop lies in its picture's overview: what a map of the overview's size becomes when it is brought to the
 * picture's size by the nearest pixel, as `resizeNearest` of the graph does it, and cut and turned like the crop.
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
