import type { ModelTensor } from "@kindling/core";
import { type ExperimentOptions, meanOf } from "./experiment.ts";
import { ranking } from "./findings.ts";
import { readPairs } from "./layers.ts";

/** A layer of a photo that should not depend on its light: values of [1, 3, height, width]. */
interface Layer {
  readonly layer: Float32Array;
  /** Mean squared error of the photo rebuilt from all layers: an even layer would be one for every light. */
  readonly rebuildError?: number;
}

/** Splits a photo, [1, 3, height, width], encoded, 0 to 1. */
export type Split = (picture: ModelTensor, isDark: boolean) => Promise<Layer>;

/** How alike the layers of the two photos of a pair are. */
interface Likeness {
  /** Mean distance as a share of the bright photo's mean. */
  readonly apart: number;
  /** Mean squared difference. */
  readonly error: number;
  /** Mean of the two rebuilt photos' errors. */
  readonly rebuildError: number | undefined;
}

/** Measures every layer on the validation pairs. */
export async function measureConsistency(
  layers: Readonly<Record<string, Split>>,
  options: ExperimentOptions,
): Promise<ReadonlyMap<string, readonly Likeness[]>> {
  const found = new Map(Object.keys(layers).map((name) => [name, [] as Likeness[]]));
  for await (const { dark, bright } of readPairs(options)) {
    for (const [name, split] of Object.entries(layers)) {
      const [low, high] = [await split(dark, true), await split(bright, false)];
      const known = low.rebuildError !== undefined && high.rebuildError !== undefined;
      found.get(name)!.push({
        apart: meanOf(low.layer, (value, i) => Math.abs(value - high.layer[i]!)) / meanOf(high.layer),
        error: squaredError(low.layer, high.layer),
        rebuildError: known ? (low.rebuildError + high.rebuildError) / 2 : undefined,
      });
    }
  }
  return found;
}

/** The table and the plot of what was measured. */
export function showConsistency(found: ReadonlyMap<string, readonly Likeness[]>) {
  const table = {
    head: ["layer", "distance, share of the mean", "PSNR, dB", "photo rebuilt, dB"],
    rows: [...found].map(([name, values]) => [
      name,
      meanOf(values.map(({ apart }) => apart)).toFixed(3),
      meanOf(values.map(({ error }) => decibels(error))).toFixed(2),
      meanRebuilt(values),
    ]),
  };
  return {
    ...table,
    finding: ranking(table, 1, "lower"),
    lines: [...found].map(([name, values]) => ({ name, points: values.map(({ apart: y }, i) => ({ x: i + 1, y })) })),
    across: "pair",
    up: "distance (share of the mean)",
  };
}

function squaredError(a: Float32Array, b: Float32Array): number {
  return meanOf(a, (value, i) => (value - b[i]!) ** 2);
}

function decibels(error: number): number {
  return -10 * Math.log10(error);
}

function meanRebuilt(values: readonly Likeness[]): string {
  const errors = values.flatMap(({ rebuildError }) => rebuildError ?? []);
  return errors.length > 0 ? meanOf(errors.map(decibels)).toFixed(2) : "";
}
