import type { ModelTensor, ModelTensors } from "@kindling/core";
import { nearestIndices } from "@kindling/core/internal";
import { overviewPlaces } from "@kindling/lab/internal";

/**
 * What GLADNet's step is fed beside crops that are the whole pictures.
 *
 * @param image [batch, 3, side, side].
 */
export function wholeOverview({ shape, values }: ModelTensor, overviewPx = 96): ModelTensors {
  const [batch, channels, side] = shape;
  const indices = nearestIndices(side, overviewPx);
  const size = overviewPx ** 2;
  const overview = Float32Array.from({ length: batch * channels * size }, (_, i) => {
    const [row, column] = [indices[Math.floor((i % size) / overviewPx)], indices[i % overviewPx]];
    return values[(Math.floor(i / size) * side + row) * side + column];
  });
  const whole = overviewPlaces({ width: side, height: side }, { left: 0, top: 0, dihedral: 0 }, side, {
    sidePx: overviewPx,
    sampling: "nearest",
  });
  const repeated = (places: Float32Array): ModelTensor => ({
    shape: [batch, side],
    values: Float32Array.from({ length: batch * side }, (_, i) => places[i % side]),
  });
  return {
    overview: { shape: [batch, channels, overviewPx, overviewPx], values: overview },
    rows: repeated(whole.rows),
    columns: repeated(whole.columns),
  };
}
