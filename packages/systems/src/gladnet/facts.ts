// Constants that the graphs, the training and the inference share.

/** Side in pixels of the reduced picture that the global branch sees. */
export const gladnetOverviewPx = 96;

/** Number of features for each of its pixels, from the global branch to the detail branch. */
export const gladnetFeatures = 64;
