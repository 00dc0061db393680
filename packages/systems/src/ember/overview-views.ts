import type { ModelTensor } from "@kindling/core";

// A photo that is turned or mirrored shows the same scene, and must get the same light. Training shows the overview all eight
// views of its photos, but of photos that it does not know its answers differ from view to view, in the worst case between
// lit and left dark. Their mean is the same for all views, and nearer to the truth than one of them.

/** The eight views of a square map. */
const views = Array.from({ length: 8 }, (_, view) => view);

/**
 * Stacks the eight views of a square map: turned by quarters, and mirrored.
 *
 * @param map [1, channels, side, side].
 * @returns [8, channels, side, side].
 */
export function stackViews({ shape: [, channels, side], values }: ModelTensor): ModelTensor {
  const stacked = new Float32Array(views.length * values.length);
  const area = side * side;
  for (const view of views) {
    const places = placesIn(view, side);
    for (let channel = 0; channel < channels; channel++) {
      const [from, to] = [channel * area, view * values.length + channel * area];
      for (let i = 0; i < area; i++) stacked[to + i] = values[from + places[i]];
    }
  }
  return { shape: [views.length, channels, side, side], values: stacked };
}

/** How values of several views become one: numbers by their mean, factors by that of their logarithms. */
type Mean = "arithmetic" | "geometric";

/**
 * Turns maps of the eight views back, and takes their mean.
 *
 * @param maps [8, channels, side, side], in the order of `stackViews`.
 * @param mean `geometric` needs values above 0.
 * @returns [1, channels, side, side].
 */
export function meanOfViews({ shape: [, channels, side], values }: ModelTensor, mean: Mean): ModelTensor {
  const area = side * side;
  const sums = new Float64Array(channels * area);
  const [before, after] = mean === "geometric" ? [Math.log, Math.exp] : [identity, identity];
  for (const view of views) {
    const places = placesIn(view, side);
    for (let channel = 0; channel < channels; channel++) {
      const [from, to] = [view * sums.length + channel * area, channel * area];
      for (let i = 0; i < area; i++) sums[to + places[i]] += before(values[from + i]);
    }
  }
  return { shape: [1, channels, side, side], values: Float32Array.from(sums, (sum) => after(sum / views.length)) };
}

/** Where the values of a view stand in the map: bit 0 of the view mirrors columns, bit 1 rows, bit 2 exchanges the two. */
function placesIn(view: number, side: number): Int32Array {
  const flip = (i: number, isFlipped: boolean) => (isFlipped ? side - 1 - i : i);
  return Int32Array.from({ length: side * side }, (_, i) => {
    const [column, row] = [flip(i % side, (view & 1) > 0), flip(Math.floor(i / side), (view & 2) > 0)];
    return view & 4 ? column * side + row : row * side + column;
  });
}

function identity(value: number): number {
  return value;
}
