// What the graphs, the training and the enhancement of photos must agree on.

/** A picture whose values span less than this is not stretched further. */
export const leastRange = 0.001;

/** Added to an illumination before another is divided by it, as in the authors' code. */
export const ratioFloor = 1e-4;
