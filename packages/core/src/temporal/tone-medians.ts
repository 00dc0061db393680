/** Tones that noise is measured at: it depends on brightness. */
const tones = 12;

/** Logarithmic steps of the histograms: eight per doubling, from 2^-40 up. */
const [stepsPerDoubling, doublings] = [8, 44];
const leastExponent = -40;

/** Fewer pixels tell nothing about a tone. */
const fewestPixels = 50;

/** The tone of an encoded value, 0 to 11; the dark has finer ones. */
export function toneOf(value: number): number {
  return value <= 0 ? 0 : Math.min(tones - 1, Math.sqrt(value) * tones) | 0;
}

/** Collects positive values by tone, for their medians. */
export interface ToneMedians {
  add(tone: number, value: number): void;
  /** The median of each tone; NaN where it has too few values. */
  medians(): Float64Array;
}

/** Counts values in logarithmic steps, of which a median is exact to 5 %. */
export function createToneMedians(): ToneMedians {
  const bins = stepsPerDoubling * doublings;
  const counts = new Float64Array(tones * bins);
  const totals = new Float64Array(tones);
  return {
    add(tone, value) {
      const place = value > 0 ? (Math.log2(value) - leastExponent) * stepsPerDoubling : 0;
      counts[tone * bins + Math.floor(Math.min(Math.max(place, 0), bins - 1))]++;
      totals[tone]++;
    },
    medians: () =>
      totals.map((total, tone) => {
        if (total < fewestPixels) return Number.NaN;
        let [bin, below] = [0, 0];
        while (below < total / 2) below += counts[tone * bins + bin++];
        return 2 ** (leastExponent + (bin - 0.5) / stepsPerDoubling);
      }),
  };
}

/** Medians at least `least`; a tone without one takes that of its nearest neighbour. */
export function fillEmptyTones(medians: Float64Array, least: number): Float64Array {
  return medians.map((median, tone) => {
    for (let distance = 0; Number.isNaN(median) && distance < tones; distance++) {
      const [below, above] = [medians[tone - distance], medians[tone + distance]];
      if (below !== undefined && !Number.isNaN(below)) return Math.max(below, least);
      if (above !== undefined && !Number.isNaN(above)) return Math.max(above, least);
    }
    return Number.isNaN(median) ? least : Math.max(median, least);
  });
}
