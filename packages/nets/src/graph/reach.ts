/** A closed range of positions along one axis. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Which input positions an operation reads along one spatial axis; tiles are planned from it. */
export interface AxisReach {
  /** Output positions per input position: 1/2 for a pooling by 2, 2 for an upsampling by 2. */
  readonly scale: number;
  /** The input positions that a span of output positions is computed from, in a picture without borders. */
  readonly needs: (output: Span) => Span;
}

/** The reach of an operation that works position by position. */
export const inPlace: AxisReach = { scale: 1, needs: (span) => span };
