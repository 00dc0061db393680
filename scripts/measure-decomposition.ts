// Measures the layers that a decomposition net of KinD gives for validation pairs.   npx tsx scripts/measure-decomposition.ts <kind-decomposition.onnx> [--root] --pairs <data…>
import { parseArgs } from "node:util";
import { type ModelTensor, openSession, readPhoto } from "@kindling/node";
import { tensorOfPicture } from "@kindling/node/internal";
import { findPairs } from "@kindling/node/lab";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: "string", multiple: true, default: [] },
    split: { type: "string", default: "val" },
    root: { type: "boolean", default: false },
  },
});
const [model = ""] = positionals;
const session = await openSession(model, { device: "cpu" });
const columns = new Map<string, number[]>();
const note = (name: string, value: number) => columns.set(name, [...(columns.get(name) ?? []), value]);

for (const source of values.pairs) {
  for (const { low, normal } of (await findPairs(source, values.split)).pairs) {
    const [dark, bright] = [await readLayers(low), await readLayers(normal)];
    const { reflectance, illumination } = bright;
    note("rebuilt, dB", measureRebuilt(dark));
    note(
      "reflectances apart",
      meanOf(dark.reflectance, (value, i) => Math.abs(value - reflectance[i])),
    );
    note("R bright", meanOf(reflectance));
    note("deviation of R bright", deviationOf(reflectance));
    note("L dark", meanOf(dark.illumination));
    note("L bright", meanOf(illumination));
    note(
      "alpha",
      meanOf(illumination, (value, i) => value / (dark.illumination[i] + 1e-4)),
    );
  }
}
for (const [name, numbers] of columns) console.log(`${name.padEnd(22)} ${meanOf(numbers).toFixed(3)}`);
await session.dispose();

async function readLayers(path: string) {
  const image = stretch(tensorOfPicture((await readPhoto(path)).picture));
  const { reflectance, illumination } = await session.run({ image });
  if (!reflectance || !illumination) throw new Error(`${model}: no decomposition net of KinD.`);
  return { image: image.values, reflectance: reflectance.values, illumination: illumination.values };
}

/** A picture as KinD's input: stretched from 0 to 1 over all channels; with --root, the square root of that. */
function stretch({ shape, values: samples }: ModelTensor): ModelTensor {
  const [least, greatest] = samples.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [1, 0]);
  const range = Math.max(greatest - least, 0.001);
  const tone = (value: number) => (values.root ? Math.sqrt(value) : value);
  return { shape, values: samples.map((value) => tone((value - least) / range)) };
}

function measureRebuilt({ image, reflectance, illumination }: Awaited<ReturnType<typeof readLayers>>): number {
  const error = meanOf(reflectance, (value, i) => (value * illumination[i % illumination.length] - image[i]) ** 2);
  return -10 * Math.log10(error);
}

function meanOf(numbers: ArrayLike<number>, of: (value: number, i: number) => number = (value) => value): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += of(numbers[i], i);
  return sum / numbers.length;
}

function deviationOf(numbers: ArrayLike<number>): number {
  const mean = meanOf(numbers);
  return Math.sqrt(meanOf(numbers, (value) => (value - mean) ** 2));
}
