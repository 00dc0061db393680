import { type Steps, within } from "../flow/steps.ts";
import type { Picture } from "../image/picture.ts";
import { overRows } from "../image/row-blocks.ts";

/** Bins a channel's range is cut into to find the values that a share of the samples lies below. */
const bins = 1 << 16;

/**
 * Stretches the colour samples of a picture, in place, to fill 0..1, clipping a share of them at each end.
 *
 * The samples may hold any finite values; alpha is left alone. A channel of one single value becomes 0.
 *
 * Source: the simplest colour balance of Limare et al., IPOL 2011, with clipping points from a histogram of 65536 bins.
 *
 * @param clipLow share (0..0.5) of samples that become 0.
 * @param clipHigh share (0..0.5) of samples that become 1.
 * @param apart each channel by itself, which also removes a colour cast; otherwise all by the same two points.
 */
export function* balanceColour(picture: Picture, clipLow: number, clipHigh: number, apart: boolean): Steps<void> {
  const colours = picture.channels >= 3 ? 3 : 1;
  if (!apart) return yield* stretch(picture, 0, colours, clipLow, clipHigh);
  for (let c = 0; c < colours; c++) {
    yield* within(c / colours, (c + 1) / colours, stretch(picture, c, c + 1, clipLow, clipHigh));
  }
}

/** Stretches the channels `first` to `last` (exclusive) together. */
function* stretch(picture: Picture, first: number, last: number, clipLow: number, clipHigh: number): Steps<void> {
  const { width, height, channels, samples } = picture;
  const everySample = (from: number, to: number, visit: (index: number) => void) => {
    for (let p = from * width * channels; p < to * width * channels; p += channels) {
      for (let c = first; c < last; c++) visit(p + c);
    }
  };
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  yield* within(
    0,
    0.3,
    overRows(height, width, (from, to) => {
      everySample(from, to, (i) => {
        if (samples[i] < min) min = samples[i];
        if (samples[i] > max) max = samples[i];
      });
    }),
  );

  let low = min;
  let high = max;
  if (max > min && clipLow + clipHigh > 0) {
    const histogram = new Uint32Array(bins);
    const scale = (bins - 1) / (max - min);
    yield* within(
      0.3,
      0.6,
      overRows(height, width, (from, to) => {
        everySample(from, to, (i) => {
          histogram[((samples[i] - min) * scale + 0.5) | 0]++;
        });
      }),
    );
    const count = width * height * (last - first);
    low = min + quantileBin(histogram, clipLow * count, 0, 1) / scale;
    high = min + quantileBin(histogram, clipHigh * count, bins - 1, -1) / scale;
  }

  const gain = high > low ? 1 / (high - low) : 0;
  yield* within(
    0.6,
    1,
    overRows(height, width, (from, to) => {
      everySample(from, to, (i) => {
        samples[i] = Math.min(1, Math.max(0, (samples[i] - low) * gain));
      });
    }),
  );
}

/** The first bin, going from `bin` by `step`, at which more than `skipped` samples have been passed. */
function quantileBin(histogram: Uint32Array, skipped: number, start: number, step: 1 | -1): number {
  let bin = start;
  for (let passed = histogram[bin]; passed <= skipped && bin + step >= 0 && bin + step < bins; ) {
    bin += step;
    passed += histogram[bin];
  }
  return bin;
}
