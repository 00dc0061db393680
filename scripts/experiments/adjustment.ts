import type { ModelTensor } from "@kindling/core";
import { type Experiment, type ExperimentOptions, meanOf } from "./experiment.ts";
import { leastOfRows } from "./findings.ts";
import { kindInput, openNet, readPairs, shippedFile } from "./layers.ts";

/** Added to the divisor of KinD's ratio, as in the authors' code. */
const ratioFloor = 1e-4;

/** Parts of the range of brightness that curves are drawn from. */
const bins = 12;

/** KinD's learnt adjustment against gamma curves: arXiv 1905.04161, figure 4 and section 3.3. */
export const adjustment: Experiment = {
  name: "adjustment",
  title: "KinD's learnt adjustment against gamma",
  run,
};

const directions = ["brighten", "darken"] as const;
const ways = ["KinD's adjustment", "gamma", "one factor"] as const;

async function run(options: ExperimentOptions) {
  const decomposition = await openNet("kind/decomposition", shippedFile("kind/mixed.analysis.onnx"));
  const net = await openNet("kind/adjustment", shippedFile("kind/mixed.relight.onnx"));
  const errors = new Map<string, number[]>();
  const curves = new Map<string, { sum: number; count: number }[]>();
  let pairs = 0;
  for await (const { dark, bright } of readPairs(options)) {
    pairs++;
    const [low, high] = [await layerOf(dark), await layerOf(bright)];
    for (const direction of directions) {
      const [from, to] = direction === "brighten" ? [low, high] : [high, low];
      const alpha = meanOf(to.values, (value, i) => value / (from.values[i]! + ratioFloor));
      const ratio = { shape: from.shape, values: new Float32Array(from.values.length).fill(alpha) };
      const { adjusted } = await net.run({ illumination: from, ratio });
      const exponent = gammaTo(from.values, meanOf(to.values));
      const factor = meanOf(to.values) / meanOf(from.values);
      const results = {
        "KinD's adjustment": adjusted!.values,
        gamma: from.values.map((value) => value ** exponent),
        "one factor": from.values.map((value) => Math.min(value * factor, 1)),
      };
      for (const way of ways) {
        const error = meanOf(results[way], (value, i) => Math.abs(value - to.values[i]!));
        note(`${direction}/${way}`, error);
        draw(`${direction}: ${way}`, from.values, results[way]);
      }
      draw(`${direction}: the other photo`, from.values, to.values);
    }
  }
  await Promise.all([decomposition.dispose(), net.dispose()]);
  const table = {
    head: ["direction", ...ways],
    rows: directions.map((direction) => [
      direction,
      ...ways.map((way) => meanOf(errors.get(`${direction}/${way}`)!).toFixed(4)),
    ]),
  };
  return {
    ...table,
    finding: leastOfRows(table),
    about: `${pairs} validation pairs. Both photos of a pair are split by \`kind.mixed\`; the illumination of one is brought to the other's by KinD's adjustment net, at the ratio of the two (the paper's alpha), by the gamma curve that gives the other's mean, and by the factor that does. Mean absolute error of the illumination, which is that of square roots, 0 to 1. The plot shows what illuminations become, by how bright they were, and what the illumination of the other photo is at these places; the factor's are left out.`,
    lines: [...curves]
      .filter(([name]) => !name.endsWith("one factor"))
      .map(([name, sums]) => ({
        name,
        points: sums.flatMap(({ sum, count }, bin) => (count > 0 ? [{ x: (bin + 0.5) / bins, y: sum / count }] : [])),
      })),
    across: "illumination before",
    up: "illumination after",
  };

  async function layerOf(picture: ModelTensor): Promise<ModelTensor> {
    const { illumination } = await decomposition.run({ image: kindInput(picture) });
    return illumination!;
  }

  function note(name: string, error: number): void {
    errors.set(name, [...(errors.get(name) ?? []), error]);
  }

  function draw(name: string, before: Float32Array, after: Float32Array): void {
    const sums = curves.get(name) ?? Array.from({ length: bins }, () => ({ sum: 0, count: 0 }));
    curves.set(name, sums);
    for (const [i, value] of before.entries()) {
      const bin = sums[Math.min(Math.floor(value * bins), bins - 1)]!;
      bin.sum += after[i]!;
      bin.count++;
    }
  }
}

/** Finds the exponent that brings values from 0 to 1 to a mean, by bisection. */
export function gammaTo(values: Float32Array, mean: number): number {
  let [least, most] = [-6, 6]; // logarithms to base 2
  for (let i = 0; i < 30; i++) {
    const middle = (least + most) / 2;
    if (meanOf(values, (value) => value ** (2 ** middle)) > mean) least = middle;
    else most = middle;
  }
  return 2 ** ((least + most) / 2);
}
