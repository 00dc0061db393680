import type { ModelTensor } from "@kindling/core";
import { type Experiment, type ExperimentOptions, meanOf } from "./experiment.ts";
import { kindInput, openNet, readPairs } from "./layers.ts";

/** How alike the reflectances of a dark and a bright photo of one scene are: arXiv 1808.04560 and 1905.04161. */
export const reflectance: Experiment = {
  name: "reflectance",
  title: "Consistency of reflectance",
  run,
};

async function run(options: ExperimentOptions) {
  const retinex = await openNet("retinex-net/decomposition", "retinex-net/mixed.whole.onnx");
  const kind = await openNet("kind/decomposition", "kind/mixed.analysis.onnx");
  const restoration = await openNet("kind/restoration", "kind/mixed.analysis.onnx");
  const layers: Readonly<Record<string, (picture: ModelTensor, isDark: boolean) => Promise<Float32Array>>> = {
    "the photos themselves": async ({ values }) => values,
    "RetinexNet's reflectance": async (image) => (await retinex.run({ image }))["reflectance"]!.values,
    "KinD's reflectance": async (picture) => (await kind.run({ image: kindInput(picture) }))["reflectance"]!.values,
    "KinD's, the dark one restored": async (picture, isDark) => {
      const { reflectance: split, illumination } = await kind.run({ image: kindInput(picture) });
      if (!isDark) return split!.values;
      return (await restoration.run({ reflectance: split!, illumination: illumination! }))["restored"]!.values;
    },
  };
  const found = new Map(Object.keys(layers).map((name) => [name, [] as { apart: number; psnr: number }[]]));
  let pairs = 0;
  for await (const { dark, bright } of readPairs(options)) {
    pairs++;
    for (const [name, layerOf] of Object.entries(layers)) {
      const [low, high] = [await layerOf(dark, true), await layerOf(bright, false)];
      const apart = meanOf(low, (value, i) => Math.abs(value - high[i]!)) / meanOf(high);
      const error = meanOf(low, (value, i) => (value - high[i]!) ** 2);
      found.get(name)!.push({ apart, psnr: -10 * Math.log10(error) });
    }
  }
  await Promise.all([retinex.dispose(), kind.dispose(), restoration.dispose()]);
  return {
    about: `${pairs} validation pairs, split by \`retinex-net.mixed\` and \`kind.mixed\`: both photos of a scene should have one reflectance. Mean distance of the two as a share of the bright photo's mean reflectance, and their PSNR on 0 to 1; KinD's are square roots. The plot has the distance of every pair.`,
    head: ["layer", "distance, share of the mean", "PSNR, dB"],
    rows: [...found].map(([name, values]) => [
      name,
      meanOf(values.map(({ apart }) => apart)).toFixed(3),
      meanOf(values.map(({ psnr }) => psnr)).toFixed(2),
    ]),
    lines: [...found].map(([name, values]) => ({ name, points: values.map(({ apart: y }, i) => ({ x: i + 1, y })) })),
    across: "pair",
    up: "distance (share of the mean)",
  };
}
