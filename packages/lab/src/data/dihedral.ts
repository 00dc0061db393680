/**
 * One of the eight ways a square can be laid on itself, numbered as in KinD's code: twice the quarter turns
 * counterclockwise, plus 1 if the turned square is then flipped upside down.
 */
export type Dihedral = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Every one of the eight. */
export const dihedrals: readonly Dihedral[] = [0, 1, 2, 3, 4, 5, 6, 7];

/** The identity and the flips: upside down, both ways, left to right. EnlightenGAN's training uses these. */
export const flips: readonly Dihedral[] = [0, 1, 4, 5];

/** Where the pixels of a turned square come from: first row and column are exchanged, then counted from the other end. */
export interface DihedralSource {
  readonly transposed: boolean;
  readonly rowsReversed: boolean;
  readonly columnsReversed: boolean;
}

const sources: readonly DihedralSource[] = [
  { transposed: false, rowsReversed: false, columnsReversed: false },
  { transposed: false, rowsReversed: true, columnsReversed: false },
  { transposed: true, rowsReversed: false, columnsReversed: true },
  { transposed: true, rowsReversed: false, columnsReversed: false },
  { transposed: false, rowsReversed: true, columnsReversed: true },
  { transposed: false, rowsReversed: false, columnsReversed: true },
  { transposed: true, rowsReversed: true, columnsReversed: false },
  { transposed: true, rowsReversed: true, columnsReversed: true },
];

/** Looks up where the pixels of a square come from after a turn and flip. */
export function dihedralSource(dihedral: Dihedral): DihedralSource {
  return sources[dihedral];
}
