/** An invertible transform of square patches, rows from the top, in place. */
export interface PatchTransform {
  /** Pixels along a side. */
  readonly size: number;
  /** Transforms the patch that begins at `at`. */
  readonly forward: (values: Float64Array, at: number) => void;
  /** Undoes `forward`. */
  readonly inverse: (values: Float64Array, at: number) => void;
}
