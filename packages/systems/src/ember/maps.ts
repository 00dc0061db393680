import { greatestGain } from "./facts.ts";
import type { RestoredPiece, TakePiece } from "./gain-field.ts";

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
export const gainSteps = 65535 / greatestGain;

/** Makes the maps of a photo, and what fills them piece by piece. */
export function createMaps(width: number, height: number): { readonly maps: EmberMaps; readonly store: TakePiece } {
  const plane = () => new Uint16Array(width * height);
  const [red, green, blue, gain] = [plane(), plane(), plane(), plane()];
  return {
    maps: { width, height, restored: [red, green, blue], gain },
    store(y, from, to, { reds, greens, blues, gains }) {
      for (let k = 0, i = y * width + from; k < to - from; k++, i++) {
        red[i] = reds[k] * rootSteps + 0.5;
        green[i] = greens[k] * rootSteps + 0.5;
        blue[i] = blues[k] * rootSteps + 0.5;
        gain[i] = gains[k] * gainSteps + 0.5;
      }
    },
  };
}

/** Reads a row of the maps. */
export function readRow({ width, restored, gain }: EmberMaps, y: number, row: RestoredPiece): void {
  const [red, green, blue] = restored;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    row.reds[x] = red[i] / rootSteps;
    row.greens[x] = green[i] / rootSteps;
    row.blues[x] = blue[i] / rootSteps;
    row.gains[x] = gain[i] / gainSteps;
  }
}
