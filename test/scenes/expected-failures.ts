/** Limits that the shipped weights are known not to keep, as `<scene>: <check>`; without any, all are kept. */
export const expectedFailures: readonly string[] = [];
