import { type Chromaticities, srgbPrimaries } from "../metadata/colour-coding.ts";
import { invertMatrix, type Matrix, multiplyMatrices, transformVector } from "./matrix.ts";

/** The white of ICC's connection space, D50, as XYZ. Source: ICC.1:2022, 7.2.16. */
export const d50 = [0.9642, 1, 0.8249] as const;

/** Bradford's cone responses of XYZ. Source: ICC.1:2022, annex E. */
const bradford: Matrix = [0.8951, -0.7502, 0.0389, 0.2664, 1.7135, -0.0685, -0.1614, 0.0367, 1.0296];

/** XYZ of a chromaticity at a luminance of 1. */
function xyzOf([x, y]: readonly [number, number]): number[] {
  return [x / y, 1, (1 - x - y) / y];
}

/** Red, green and blue light to XYZ, at the primaries' own white. */
export function rgbToXyz({ red, green, blue, white }: Chromaticities): number[] {
  const columns = [xyzOf(red), xyzOf(green), xyzOf(blue)];
  const shares = transformVector(invertMatrix(columns.flat()), xyzOf(white));
  return columns.flatMap((column, i) => column.map((value) => value * shares[i]));
}

/** Turns XYZ under a white into XYZ under D50: Bradford's transform. */
export function adaptToD50(white: readonly [number, number]): number[] {
  const cones = (xyz: readonly number[]) => transformVector(bradford, xyz);
  const [from, to] = [cones(xyzOf(white)), cones(d50)];
  const scale = [to[0] / from[0], 0, 0, 0, to[1] / from[1], 0, 0, 0, to[2] / from[2]];
  return multiplyMatrices(invertMatrix(bradford), multiplyMatrices(scale, bradford));
}

/** Red, green and blue light to XYZ under D50, as matrix profiles hold it. */
export function rgbToD50(primaries: Chromaticities): number[] {
  return multiplyMatrices(adaptToD50(primaries.white), rgbToXyz(primaries));
}

/** Whether these are the primaries of sRGB but for rounding. */
export function areSrgbPrimaries(primaries: Chromaticities): boolean {
  return (["red", "green", "blue", "white"] as const).every((name) =>
    primaries[name].every((value, i) => Math.abs(value - (srgbPrimaries[name][i] ?? 0)) < 0.0015),
  );
}
