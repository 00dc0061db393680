// What the graphs, the training and the enhancement of photos must agree on.

/** Side in pixels of the small picture that the global branch looks at. */
export const gladnetOverviewPx = 96;

/** Features of each of its pixels that the global branch gives to the detail branch. */
export const gladnetFeatures = 64;
