import { greatestGain } from "./facts.ts";
import type { TakePiece } from "./gain-field.ts";
import type { RowKernel } from "./row-kernel.ts";

/** A photo ready to be lit, as planes of its size. They stay planes, since interleaving them would cost time. */
export interface EmberMaps {
  readonly width: number;
  readonly height: number;
  /**
   * Red, green and blue without noise and colour cast, as square roots, 0 to 1 in steps of 1/65535: as square roots, dark
   * values have finer steps than a photo of 16 bits has.
   */
  readonly restored: readonly [red: Uint16Array, green: Uint16Array, blue: Uint16Array];
  /** The gain of automatic light as a natural logarithm, 0 to 4.5 in steps of 4.5/65535. */
  readonly gain: Uint16Array;
}

/** Steps of the restored colours. */
export const rootSteps = 65535;

/** Steps of a gain to a unit of its natural logarithm. */
const gainSteps = 65535 / greatestGain;

/**
 * Makes the maps of a photo, and what fills them piece by piece.
 *
 * @param gain where gains go; default a new plane.
 */
export function createMaps(
  width: number,
  height: number,
  gain: Uint16Array = new Uint16Array(width * height),
): { readonly maps: EmberMaps; readonly store: TakePiece } {
  const plane = () => new Uint16Array(width * height);
  const maps: EmberMaps = { width, height, restored: [plane(), plane(), plane()], gain };
  return {
    maps,
    store(y, from, to, rows) {
      rows.writeMaps(to - from, rootSteps, gainSteps);
      for (const [i, plane] of planesOf(maps).entries()) {
        plane.set(rows.mapWords[i].subarray(0, to - from), y * width + from);
      }
    },
  };
}

/** Reads a row of the maps. */
export function readRow(maps: EmberMaps, y: number, rows: RowKernel): void {
  const { width } = maps;
  for (const [i, plane] of planesOf(maps).entries()) {
    rows.mapWords[i].set(plane.subarray(y * width, (y + 1) * width));
  }
  rows.readMaps(width, rootSteps, gainSteps);
}

function planesOf({ restored, gain }: EmberMaps): readonly Uint16Array[] {
  return [...restored, gain];
}
