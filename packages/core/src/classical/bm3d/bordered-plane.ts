import { createPlane, type Plane } from "../../image/picture.ts";
import { symmetricIndex } from "../../image/symmetric-index.ts";
import type { BorderedPlane } from "./match-patches.ts";

/**
 * Puts a border of `border` px around a plane, mirrored at its edges with the edge repeated. A plane smaller than `least`
 * is continued to that size first.
 */
export function addBorder(plane: Plane, border: number, least: number): BorderedPlane {
  const columns = mirrored(plane.width, border, least);
  const rows = mirrored(plane.height, border, least);
  const result = createPlane(columns.length, rows.length);
  for (let y = 0, i = 0; y < rows.length; y++) {
    for (let x = 0; x < columns.length; x++, i++) result.values[i] = plane.values[rows[y] * plane.width + columns[x]];
  }
  return result;
}

/** The part of a bordered plane that is the plane. */
export function removeBorder(plane: BorderedPlane, border: number, width: number, height: number): Plane {
  const result = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const from = (y + border) * plane.width + border;
    result.values.set(plane.values.subarray(from, from + width), y * width);
  }
  return result;
}

function mirrored(count: number, border: number, least: number): Int32Array {
  return Int32Array.from({ length: Math.max(count, least) + 2 * border }, (_, i) => symmetricIndex(i - border, count));
}
