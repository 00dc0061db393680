// Constants that the graphs, the training and the inference share.

/** A picture whose values span less than this is not stretched further. */
export const leastRange = 0.001;

/** Added to an illumination before it divides another, as in the authors' code. */
export const ratioFloor = 1e-4;

/** The default light level of the authors' code. */
export const defaultRatio = 5;

/** The greatest light level that KinD is trained for. */
export const greatestRatio = 5;
