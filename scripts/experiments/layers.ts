import { fileURLToPath } from "node:url";
import type { ModelTensor, ModelTensors } from "@kindling/core";
import { importNetwork } from "@kindling/lab";
import { encodeOnnx } from "@kindling/nets";
import { openSession, readPhoto } from "@kindling/node";
import { tensorOfPicture } from "@kindling/node/internal";
import { findPairs, readSource } from "@kindling/node/lab";
import { systems } from "@kindling/systems";
import { type ExperimentOptions, meanOf, spread } from "./experiment.ts";

/** A network that runs on tensors. */
interface OpenNet {
  run(inputs: ModelTensors): Promise<ModelTensors>;
  dispose(): Promise<void>;
}

/** The path of a file of `models/research`, such as `kind/mixed.analysis.onnx`. */
export function shippedFile(name: string): string {
  return fileURLToPath(new URL(`../../models/research/${name}`, import.meta.url));
}

/** Opens a network with the weights of a file: an ONNX model or a checkpoint. */
export async function openNet(network: string, file: string): Promise<OpenNet> {
  const { tensors } = await readSource(file, systems);
  const imported = importNetwork(systems, network, tensors, { file });
  return openSession(encodeOnnx(imported.network.build(), imported.weights), { device: "cpu", threads: 1 });
}

/** Reads the validation pairs: dark and bright as tensors, [1, 3, height, width], encoded, 0 to 1, and bright as it is. */
export async function* readPairs({ pairs, count }: ExperimentOptions) {
  for (const { low, normal } of spread((await findPairs(pairs, "val")).pairs, count)) {
    const [dark, bright] = [await readPhoto(low), await readPhoto(normal)];
    const reference = bright.picture;
    yield { dark: tensorOfPicture(dark.picture), bright: tensorOfPicture(reference), reference };
  }
}

/** A picture as our KinD takes it: stretched to its full range over all channels, then the square root of that. */
export function kindInput({ shape, values: samples }: ModelTensor): ModelTensor {
  const [least, greatest] = samples.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [1, 0]);
  const range = Math.max(greatest - least, 0.001);
  return { shape, values: samples.map((value) => Math.sqrt((value - least) / range)) };
}

/** Splits a photo by a decomposition net into reflectance and what is lost when it is rebuilt. */
export async function decompose(net: OpenNet, image: ModelTensor) {
  const { reflectance, illumination } = await net.run({ image });
  const [layer, light] = [reflectance!.values, illumination!.values];
  const rebuildError = meanOf(image.values, (value, i) => (value - layer[i]! * light[i % light.length]!) ** 2);
  return { layer, rebuildError, illumination: illumination! };
}
