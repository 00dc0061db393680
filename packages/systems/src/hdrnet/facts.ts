// Constants that the graphs, the training and the inference share.

/** Side in pixels of the overview, the reduced copy of the whole picture. */
export const hdrnetOverviewPx = 256;

/** Cells a side of the bilateral grid, which covers the whole picture. */
export const gridCells = 16;

/** Bins of the grid along the guide. */
export const gridBins = 8;

/** Numbers of an affine map of colours, 3x4: for red, green, blue and 1 in turn, what they add to red, green and blue. */
export const affineSize = 12;

/** Under the root of the distance to a bin, so that the weight has a slope everywhere. */
export const binSmoothing = 1e-8;
