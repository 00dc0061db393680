/** The least and the greatest number of photos processed at the same time. */
export const jobsRange = [1, 256] as const;
