/** A plane with a border around it, so that patches at its edge have neighbours. */
export interface BorderedPlane {
  /** Of the plane with its border. */
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Where similar patches are looked for, and how many are taken. */
export interface MatchSettings {
  /** Pixels along a side of a patch. */
  readonly size: number;
  /** How far away patches are looked for, px; also the width of the border. */
  readonly radius: number;
  /** The most patches of a group; a power of two. */
  readonly most: number;
  /** Mean squared difference from which on a patch is not similar. */
  readonly farthest: number;
}

/** Distances of the patches found so far; groups have fewer. */
const distances = new Float64Array(64);

/**
 * Finds the patches most like one of the picture, itself among them.
 *
 * Candidates lie within `radius`. As in the IPOL program, those below or beside may lie in the border; those above begin
 * inside the picture, and beyond its right edge their pixels are not compared.
 *
 * @param x where the patch begins.
 * @param y where the patch begins.
 * @param found takes where the patches begin in `values`, the nearest first.
 * @returns how many there are: a power of two, at least 1.
 */
export function matchPatches(
  plane: BorderedPlane,
  { size, radius, most, farthest }: MatchSettings,
  x: number,
  y: number,
  found: Int32Array,
): number {
  const { width, values } = plane;
  const at = y * width + x;
  const limit = farthest * size * size;
  let count = 0;
  let worst = limit;
  for (let dy = 0; dy <= 2 * radius; dy++) {
    // Downwards first, then upwards.
    const row = dy <= radius ? y + dy : y - (dy - radius);
    const isAbove = row < y;
    if (isAbove && row < radius) break;
    const from = isAbove ? Math.max(x - radius, radius) : x - radius;
    const to = isAbove ? Math.min(x + radius, width - radius - 1) : x + radius;
    for (let column = from; column <= to; column++) {
      const candidate = row * width + column;
      const columns = isAbove ? Math.min(size, width - radius - column) : size;
      const distance = distanceBelow(values, width, size, columns, at, candidate, worst);
      if (distance >= worst) continue;
      // Insertion among the best so far; equal ones stay in the order they came.
      let place = count < most ? count++ : most - 1;
      while (place > 0 && distances[place - 1] > distance) {
        distances[place] = distances[place - 1];
        found[place] = found[place - 1];
        place--;
      }
      distances[place] = distance;
      found[place] = candidate;
      if (count === most) worst = distances[most - 1];
    }
  }
  return 2 ** Math.floor(Math.log2(Math.max(count, 1)));
}

/** The sum of squared differences of two patches' first columns; where it reaches `limit`, any number from there on. */
function distanceBelow(
  values: Float32Array,
  width: number,
  size: number,
  columns: number,
  first: number,
  second: number,
  limit: number,
): number {
  let sum = 0;
  for (let y = 0; y < size && sum < limit; y++) {
    const a = first + y * width;
    const b = second + y * width;
    for (let i = 0; i < columns; i++) {
      const difference = values[a + i] - values[b + i];
      sum += difference * difference;
    }
  }
  return sum;
}
