import { type BlockMotion, blockPx } from "./block-motion.ts";
import { fieldColumns, fieldRows, fieldSize, fieldTones, type LightField } from "./light-field.ts";

/** Seconds in which the weight of a frame falls to 1/e: how long light is held. */
const holdSeconds = 0.6;

/** Weight below which a cell of a frame tells nothing. */
const leastWeight = 1e-4;

/** The change that brings the light of a frame to that of its shot. */
export interface LightChange {
  /** Gains, [tones, rows, columns], to be added to those of the frame. */
  readonly gains: Float32Array;
  /** Logarithms of factors of red, green and blue. */
  readonly colours: readonly [number, number, number];
}

/** A frame's light, and how it came from the frame before. */
export interface TimedLight {
  readonly field: LightField;
  /** In seconds of the clip; undefined where it is not known: then 1/30 s after the frame before. */
  readonly seconds: number;
  readonly motion: BlockMotion;
  readonly width: number;
  readonly height: number;
}

/** Sums of fields and colours, with their weights. */
interface Sums {
  readonly gains: Float32Array;
  readonly weights: Float32Array;
  readonly colours: readonly [number, number, number];
  readonly weight: number;
}

const nothing: Sums = {
  gains: new Float32Array(fieldSize),
  weights: new Float32Array(fieldSize),
  colours: [0, 0, 0],
  weight: 0,
};

/**
 * Holds light over the frames of one shot: the light of a frame becomes the mean of that of all frames before it and of
 * those after it that are known, weighted by e^(-seconds / 0.6), in logarithms. Fields follow the motion of the picture.
 */
export class LightOverTime {
  #before: Sums = nothing;
  #last: TimedLight | undefined;

  /**
   * The change for a frame; call it for each frame of the shot, in order.
   *
   * @param following the frames after it that are known, in order.
   */
  settle(frame: TimedLight, following: readonly TimedLight[]): LightChange {
    this.#before = add(moved(this.#before, frame, decay(this.#last, frame), 1), frame.field);
    this.#last = frame;
    let after = nothing;
    for (let i = following.length - 1; i >= 0; i--) {
      const [next, before] = [following[i], following[i - 1] ?? frame];
      after = moved(add(after, next.field), next, decay(before, next), -1);
    }
    const total = this.#before.weight + after.weight;
    const steady = (c: 0 | 1 | 2) => (this.#before.colours[c] + after.colours[c]) / total - frame.field.colours[c];
    return { gains: this.#gains(frame.field, after), colours: [steady(0), steady(1), steady(2)] };
  }

  #gains({ sums, weights }: LightField, after: Sums): Float32Array {
    const gains = new Float32Array(fieldSize).fill(Number.NaN);
    for (let cell = 0; cell < fieldSize; cell++) {
      if (weights[cell] < leastWeight) continue;
      const weight = this.#before.weights[cell] + after.weights[cell];
      gains[cell] = (this.#before.gains[cell] + after.gains[cell]) / weight - sums[cell] / weights[cell];
    }
    return fillCells(gains);
  }
}

function decay(before: TimedLight | undefined, after: TimedLight): number {
  return before ? Math.exp(-Math.max(after.seconds - before.seconds, 0) / holdSeconds) : 0;
}

function add(sums: Sums, { sums: gains, weights, colours }: LightField): Sums {
  return {
    gains: sums.gains.map((gain, cell) => gain + gains[cell]),
    weights: sums.weights.map((weight, cell) => weight + weights[cell]),
    colours: [sums.colours[0] + colours[0], sums.colours[1] + colours[1], sums.colours[2] + colours[2]],
    weight: sums.weight + 1,
  };
}

/** Sums moved with the picture: to the frame of the motion (1) or from it to the one before (-1), and faded. */
function moved(sums: Sums, frame: TimedLight, share: number, direction: 1 | -1): Sums {
  if (sums.weight === 0) return sums;
  const [gains, weights] = [new Float32Array(fieldSize), new Float32Array(fieldSize)];
  const plane = fieldColumns * fieldRows;
  for (let row = 0, place = 0; row < fieldRows; row++) {
    for (let column = 0; column < fieldColumns; column++, place++) {
      const [dx, dy] = meanVector(frame, column, row);
      const x = clamp(column + (direction * dx * fieldColumns) / frame.width, fieldColumns - 1);
      const y = clamp(row + (direction * dy * fieldRows) / frame.height, fieldRows - 1);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const right = left + (x > left ? 1 : 0);
      const below = top + (y > top ? 1 : 0);
      const [a, b] = [top * fieldColumns, below * fieldColumns];
      for (let tone = 0; tone < fieldTones; tone++) {
        const at = tone * plane;
        const read = (values: Float32Array) => {
          const upper = values[at + a + left] + (x - left) * (values[at + a + right] - values[at + a + left]);
          const lower = values[at + b + left] + (x - left) * (values[at + b + right] - values[at + b + left]);
          return share * (upper + (y - top) * (lower - upper));
        };
        gains[at + place] = read(sums.gains);
        weights[at + place] = read(sums.weights);
      }
    }
  }
  const [red, green, blue] = sums.colours;
  return { gains, weights, colours: [share * red, share * green, share * blue], weight: share * sums.weight };
}

/** The mean motion of the blocks of a cell, in pixels. */
function meanVector({ motion, width, height }: TimedLight, column: number, row: number): readonly [number, number] {
  const blocks = (cells: number, cell: number, pixels: number, most: number) => {
    const first = Math.min(Math.floor((cell * pixels) / cells / blockPx), most - 1);
    return [first, Math.max(first + 1, Math.min(Math.floor(((cell + 1) * pixels) / cells / blockPx), most))] as const;
  };
  const [left, right] = blocks(fieldColumns, column, width, motion.columns);
  const [top, bottom] = blocks(fieldRows, row, height, motion.rows);
  let [dx, dy] = [0, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      dx += motion.dx[y * motion.columns + x];
      dy += motion.dy[y * motion.columns + x];
    }
  }
  const count = (right - left) * (bottom - top);
  return [dx / count, dy / count];
}

/** Gives cells that the frame does not have the gain of the nearest tone that it has at this place; else none. */
function fillCells(gains: Float32Array): Float32Array {
  const plane = fieldColumns * fieldRows;
  return gains.map((gain, cell) => {
    if (!Number.isNaN(gain)) return gain;
    for (let distance = plane; distance < fieldSize; distance += plane) {
      const [darker, lighter] = [gains[cell - distance], gains[cell + distance]];
      if (darker !== undefined && !Number.isNaN(darker)) return darker;
      if (lighter !== undefined && !Number.isNaN(lighter)) return lighter;
    }
    return 0;
  });
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
