import type { Steps } from "../flow/steps.ts";
import type { Plane } from "./picture.ts";
import { overRows } from "./row-blocks.ts";

/**
 * A linear map along one axis: output `i` is the sum over `k` below `taps` of
 * `weights[i * taps + k] * input[starts[i] + k]`. Blurs, reductions and interpolations are all of this kind, and what
 * happens at the borders is already in the weights.
 */
export interface AxisFilter {
  readonly inputs: number;
  readonly outputs: number;
  readonly taps: number;
  readonly starts: Int32Array;
  readonly weights: Float64Array;
}

/**
 * What lies outside the picture: `mirror` repeats it reflected about its border pixels, as often as needed (OpenCV's
 * reflect-101: `c b | a b c | b a`); `zero` is black.
 */
export type Border = "mirror" | "zero";

/** The input position from 0 to `count - 1` that mirroring about both border pixels brings `position` to. */
export function mirrorIndex(position: number, count: number): number {
  if (count === 1) return 0;
  const period = 2 * count - 2;
  const within = ((position % period) + period) % period;
  return within < count ? within : period - within;
}

/**
 * Builds an axis filter from `contribute`, which is called for every output and adds that output's weights by input
 * position; positions outside are treated as `border` says.
 */
export function buildAxisFilter(
  inputs: number,
  outputs: number,
  border: Border,
  contribute: (output: number, add: (position: number, weight: number) => void) => void,
): AxisFilter {
  const starts = new Int32Array(outputs);
  const rows: Float64Array[] = [];
  const scratch = new Float64Array(inputs);
  let first = inputs;
  let last = -1;
  const add = (position: number, weight: number) => {
    const inside = position >= 0 && position < inputs;
    if (!inside && border === "zero") return;
    const index = inside ? position : mirrorIndex(position, inputs);
    scratch[index] += weight;
    if (index < first) first = index;
    if (index > last) last = index;
  };
  let taps = 1;
  for (let output = 0; output < outputs; output++) {
    contribute(output, add);
    rows.push(scratch.slice(first, last + 1));
    starts[output] = Math.min(first, inputs - 1);
    taps = Math.max(taps, last + 1 - first);
    scratch.fill(0, first, last + 1);
    first = inputs;
    last = -1;
  }
  const weights = new Float64Array(outputs * taps);
  for (let output = 0; output < outputs; output++) {
    const start = Math.min(starts[output], inputs - taps);
    weights.set(rows[output], output * taps + starts[output] - start);
    starts[output] = start;
  }
  return { inputs, outputs, taps, starts, weights };
}

/** Multiply-adds of `filterAlongRows` for this many rows, or of `filterAlongColumns` for this many columns. */
export function multiplyAdds(filter: AxisFilter, lines: number): number {
  return filter.outputs * filter.taps * lines;
}

/** Filters every row of `source` into `target`; sums are double, results float32. */
export function filterAlongRows(filter: AxisFilter, source: Plane, target: Plane): Steps<void> {
  const { inputs, outputs, taps, starts, weights } = filter;
  const { height, values: input } = source;
  const output = target.values;
  return overRows(height, outputs * taps, (from, to) => {
    // Four rows at a time share each weight; past the end the last row is done again.
    for (let y = from; y < to; y += 4) {
      const y1 = Math.min(y + 1, to - 1);
      const y2 = Math.min(y + 2, to - 1);
      const y3 = Math.min(y + 3, to - 1);
      for (let i = 0; i < outputs; i++) {
        const start = starts[i];
        const tap = i * taps;
        let at = y * inputs + start;
        let at1 = y1 * inputs + start;
        let at2 = y2 * inputs + start;
        let at3 = y3 * inputs + start;
        let sum = 0;
        let sum1 = 0;
        let sum2 = 0;
        let sum3 = 0;
        for (let k = tap; k < tap + taps; k++) {
          const weight = weights[k];
          sum += weight * input[at++];
          sum1 += weight * input[at1++];
          sum2 += weight * input[at2++];
          sum3 += weight * input[at3++];
        }
        output[y * outputs + i] = sum;
        output[y1 * outputs + i] = sum1;
        output[y2 * outputs + i] = sum2;
        output[y3 * outputs + i] = sum3;
      }
    }
  });
}

/** Filters every column of `source` into `target`; sums are double, results float32. */
export function filterAlongColumns(filter: AxisFilter, source: Plane, target: Plane): Steps<void> {
  const { width } = source;
  const sums = new Float64Array(width);
  return overRows(filter.outputs, width * filter.taps, (from, to) => {
    for (let y = from; y < to; y++) {
      sumRows(filter, y, source, sums);
      target.values.set(sums, y * width);
    }
  });
}

// Not a closure: of those made for every picture, V8 keeps no optimised code.
function sumRows(
  { taps, starts, weights }: AxisFilter,
  y: number,
  { width, values: input }: Plane,
  sums: Float64Array,
): void {
  sums.fill(0);
  // Two taps at a time halve the traffic of the sums; past the end the last tap counts with weight 0.
  for (let k = 0; k < taps; k += 2) {
    const weight = weights[y * taps + k];
    const next = k + 1 < taps ? 1 : 0;
    const nextWeight = next * weights[y * taps + k + next];
    const base = (starts[y] + k) * width;
    const nextBase = base + next * width;
    for (let x = 0; x < width; x++) sums[x] += weight * input[base + x] + nextWeight * input[nextBase + x];
  }
}
