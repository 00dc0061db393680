import type { Steps } from "../flow/steps.ts";
import { type IntegerPixels, integersOfPicture } from "../image/integers.ts";
import { colourChannels, createPicture, type Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";
import { axisPlaces, fieldColumns, fieldRows, fieldTones } from "./light-field.ts";
import type { LightChange } from "./light-over-time.ts";

/** A lit frame that waits for those after it: 16 bits a sample, half the memory of floats. */
export interface WaitingFrame extends IntegerPixels {
  /** By which a change is read (`tonesOf`). */
  readonly tones: Uint8Array;
}

const white = 65535;

/** Packs a lit frame. */
export function packFrame(lit: Picture, tones: Uint8Array): WaitingFrame {
  return { ...integersOfPicture(lit, 16), tones };
}

/**
 * Unpacks a lit frame and changes its light: with m the square root of the greatest channel and k the change at the pixel's
 * place and tone, all channels are multiplied by (e^k / ((e^k - 1) m + 1))^2, so hues stay and nothing clips.
 */
export function* changeLight(frame: WaitingFrame, { gains, colours }: LightChange): Steps<Picture> {
  const { width, height, channels, samples, tones } = frame;
  const changed = createPicture(width, height, channels);
  const [columns, rows] = [axisPlaces(width, fieldColumns), axisPlaces(height, fieldRows)];
  const isColour = colourChannels(changed) === 3;
  const factors = isColour ? colours.map((colour) => Math.exp(colour) / white) : [1 / white];
  const row = new Float64Array(fieldTones * fieldColumns);
  const count = factors.length;
  const steps = overRows(height, 2 * width * channels, (from, to) => {
    for (let y = from; y < to; y++) {
      readRow(gains, rows[y], row);
      for (let x = 0, i = y * width, at = i * channels; x < width; x++, i++, at += channels) {
        const column = Math.floor(columns[x]);
        const right = columns[x] - column;
        const place = (tones[i] * (fieldTones - 1)) / 255;
        const tone = Math.min(Math.floor(place), fieldTones - 2);
        const cell = tone * fieldColumns + column;
        const next = cell + fieldColumns;
        const beside = right > 0 ? 1 : 0;
        const darker = row[cell] + right * (row[cell + beside] - row[cell]);
        const lighter = row[next] + right * (row[next + beside] - row[next]);
        const k = Math.exp(darker + (place - tone) * (lighter - darker));
        let most = 0;
        for (let c = 0; c < count; c++) most = Math.max(most, samples[at + c] * factors[c]);
        const factor = k / ((k - 1) * Math.sqrt(Math.min(most, 1)) + 1);
        for (let c = 0; c < count; c++) {
          changed.samples[at + c] = Math.min(samples[at + c] * factors[c] * factor * factor, 1);
        }
        for (let c = at + count; c < at + channels; c++) changed.samples[c] = samples[c] / white;
      }
    }
  });
  yield* steps;
  return changed;
}

/** Interpolates the row of cells at a place, [tones, columns]. */
function readRow(gains: Float32Array, place: number, row: Float64Array): void {
  const top = Math.floor(place);
  const below = Math.min(top + 1, fieldRows - 1);
  for (let tone = 0, i = 0; tone < fieldTones; tone++) {
    const [upper, lower] = [(tone * fieldRows + top) * fieldColumns, (tone * fieldRows + below) * fieldColumns];
    for (let column = 0; column < fieldColumns; column++, i++) {
      row[i] = gains[upper + column] + (place - top) * (gains[lower + column] - gains[upper + column]);
    }
  }
}
