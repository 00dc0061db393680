import type { Steps } from "../../flow/steps.ts";
import { hadamardAcross } from "./hadamard-across.ts";
import { type BorderedPlane, type MatchSettings, matchPatches } from "./match-patches.ts";
import type { PatchTransform } from "./patch-transform.ts";

/** Groups worked on between two yields. */
const groupsPerStep = 32;
/** Shape of the window that fades patches towards their edges. */
const kaiserBeta = 2;

/** One of BM3D's two steps. */
export interface FilterStep {
  readonly match: MatchSettings;
  readonly transform: PatchTransform;
  /** Where the patches begin that groups are made for, in the plane with its border. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
  /**
   * Shrinks the spectrum of a group of patches, in place, to that of the noiseless group.
   *
   * @param noisy coefficients of one channel's patches, in the Hadamard transform across them not scaled.
   * @param guide those of the first step's result; `noisy` itself in the first step.
   * @param length how many coefficients there are, from the beginning of the arrays.
   * @param count how many patches they are of.
   * @param sigma deviation of the channel's noise.
   * @returns the weight of the group in the mean.
   */
  readonly shrink: (noisy: Float64Array, guide: Float64Array, length: number, count: number, sigma: number) => number;
}

/**
 * Filters the channels of a picture group by group: similar patches are found in the first channel of `guides`, shrunk
 * together in their common spectrum, and put back as a weighted mean.
 *
 * @param channels the noisy channels, with their borders.
 * @param guides what is matched and, in the second step, shrunk by; `channels` themselves in the first.
 * @param sigmas standard deviation of each channel's noise.
 * @returns the channels without noise, as they were where no group reaches.
 */
export function* filterGroups(
  channels: readonly BorderedPlane[],
  guides: readonly BorderedPlane[],
  sigmas: readonly number[],
  { match, transform, columns, rows, shrink }: FilterStep,
): Steps<BorderedPlane[]> {
  const { width, values } = channels[0];
  const { size } = transform;
  const area = size * size;
  const window = kaiserWindow(size);
  const found = new Int32Array(match.most);
  const noisy = new Float64Array(match.most * area);
  const guided = guides === channels ? noisy : new Float64Array(match.most * area);
  const sums = channels.map(() => new Float32Array(values.length));
  const weights = channels.map(() => new Float32Array(values.length));

  const readGroup = (plane: BorderedPlane, count: number, group: Float64Array) => {
    const pixels = plane.values;
    for (let n = 0; n < count; n++) {
      for (let y = 0, k = n * area; y < size; y++) {
        const row = found[n] + y * width;
        for (let x = 0; x < size; x++) group[k++] = pixels[row + x];
      }
      transform.forward(group, n * area);
    }
    hadamardAcross(group, count, area);
  };
  const addGroup = (channel: number, count: number, weight: number) => {
    const sum = sums[channel];
    const total = weights[channel];
    const weightOfValue = weight / count;
    hadamardAcross(noisy, count, area);
    for (let n = 0; n < count; n++) {
      transform.inverse(noisy, n * area);
      for (let y = 0, k = 0; y < size; y++) {
        const row = found[n] + y * width;
        for (let x = 0; x < size; x++, k++) {
          sum[row + x] += weightOfValue * window[k] * noisy[n * area + k];
          total[row + x] += weight * window[k];
        }
      }
    }
  };

  let groups = 0;
  for (const [line, y] of rows.entries()) {
    for (const [place, x] of columns.entries()) {
      const count = matchPatches(guides[0], match, x, y, found);
      for (const [channel, plane] of channels.entries()) {
        readGroup(plane, count, noisy);
        if (guided !== noisy) readGroup(guides[channel], count, guided);
        addGroup(channel, count, shrink(noisy, guided, count * area, count, sigmas[channel]));
      }
      if (++groups % groupsPerStep === 0) yield (line + (place + 1) / columns.length) / rows.length;
    }
  }
  for (const [channel, sum] of sums.entries()) {
    const total = weights[channel];
    for (let i = 0; i < sum.length; i++) sum[i] = total[i] > 0 ? sum[i] / total[i] : channels[channel].values[i];
  }
  return channels.map((plane, channel) => ({ ...plane, values: sums[channel] }));
}

/** The first step: coefficients of at most `threshold` times the noise are set to zero. */
export function shrinkHard(threshold: number): FilterStep["shrink"] {
  return (noisy, _guide, length, count, sigma) => {
    const limit = threshold * sigma * Math.sqrt(count);
    let kept = 0;
    for (let k = 0; k < length; k++) {
      if (Math.abs(noisy[k]) > limit) kept++;
      else noisy[k] = 0;
    }
    return kept > 0 ? 1 / (sigma ** 2 * kept) : 1;
  };
}

/** The second step, Wiener's filter: each coefficient keeps the share that the guide's has in it and the noise together. */
export const shrinkWiener: FilterStep["shrink"] = (noisy, guide, length, count, sigma) => {
  const noise = sigma ** 2 * count;
  let kept = 0;
  for (let k = 0; k < length; k++) {
    const power = guide[k] ** 2;
    const share = power / (power + noise);
    noisy[k] *= share;
    kept += share;
  }
  return kept > 0 ? 1 / (sigma ** 2 * kept) : 1;
};

function kaiserWindow(size: number): Float64Array {
  const line = Float64Array.from({ length: size }, (_, i) => {
    const at = (2 * i) / (size - 1) - 1;
    return bessel(kaiserBeta * Math.sqrt(1 - at * at)) / bessel(kaiserBeta);
  });
  return Float64Array.from({ length: size * size }, (_, k) => line[Math.floor(k / size)] * line[k % size]);
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
