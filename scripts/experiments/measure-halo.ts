/** Pixels beside an edge that belong to it: anti-aliasing and the sharpest filters. */
const edgePx = 2;

/** Share of a side, farthest from the edge, whose mean is the light without a halo. */
const farShare = 0.25;

/** A halo on one side of an edge. */
interface Halo {
  /** The greatest distance from the light far away, in the units of the profile; above 0 where the side is too bright. */
  readonly height: number;
  /** Pixels from the edge over which more than a tenth of that remains. */
  readonly reachPx: number;
}

/**
 * Measures the halos that a method draws beside an edge between two even areas.
 *
 * @param profile lightness across the edge, whose areas were even before.
 * @param edge the first pixel of the second area.
 * @returns the halo on the first and on the second side.
 */
export function measureHalo(profile: readonly number[], edge: number): readonly [Halo, Halo] {
  const first = profile.slice(0, edge).reverse();
  return [haloOf(first), haloOf(profile.slice(edge))];
}

/** @param side lightness from the edge outwards. */
function haloOf(side: readonly number[]): Halo {
  const far = side.slice(-Math.max(1, Math.round(side.length * farShare)));
  const level = far.reduce((sum, value) => sum + value, 0) / far.length;
  const excess = side.map((value, i) => (i < edgePx ? 0 : value - level));
  const height = excess.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const reach = excess.findLastIndex((value) => Math.abs(value) > Math.abs(height) / 10);
  return { height, reachPx: reach + 1 };
}
