import { type AxisFilter, buildAxisFilter } from "./axis-filter.ts";

/** Pixel centres on pixel areas, as `areaReduce` has them; beyond the outer centres the outer pixel counts. */
export function bilinearFilter(inputs: number, outputs: number): AxisFilter {
  return buildAxisFilter(inputs, outputs, "zero", (output, add) => {
    const at = Math.min(inputs - 1, Math.max(0, ((output + 0.5) * inputs) / outputs - 0.5));
    const before = Math.floor(at);
    add(before, 1 - (at - before));
    add(before + 1, at - before);
  });
}
