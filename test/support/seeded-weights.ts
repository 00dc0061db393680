import type { Graph, Weights } from "@kindling/nets";
import { goldenModelTensors, seededFloat16, weightsOf } from "./run-graph.ts";

/** GLADNet's layers in the order in which the authors' code makes and numbers them. */
const gladnetOrder = [
  ...[1, 2, 3, 4, 5, 6].map((level) => `down${level}`),
  ...[1, 2, 3, 4, 5, 6].map((level) => `up${level}`),
  ...[1, 2, 3, 4].map((layer) => `detail${layer}`),
  "output",
];

/** The name that a parameter of GLADNet has in the authors' checkpoints. */
export function officialGladnetName(path: string): string {
  const [layer, kind] = path.split("/");
  const number = gladnetOrder.indexOf(layer);
  return `FG/conv2d${number === 0 ? "" : `_${number}`}/${kind === "weight" ? "kernel" : "bias"}`;
}

/** GLADNet's weights of the golden file. */
export function seededGladnetWeights(graph: Graph): Weights {
  const stored = goldenModelTensors("gladnet_random_weights_f16.safetensors");
  return weightsOf(graph, (path) => stored(officialGladnetName(path)));
}

/** EnlightenGAN's generator by rng.json's recipe, rounded to float16. */
export function seededGeneratorWeights(graph: Graph): Weights {
  return weightsOf(graph, (path, shape) => {
    const name = path.replaceAll("/", ".");
    const { values } = seededFloat16(name, 20240631, shape, generatorRange(name, shape));
    return { shape, values: name === "conv10.weight" ? values.map((value) => value * 0.5) : values };
  });
}

function generatorRange(name: string, shape: readonly number[]): [number, number] {
  if (shape.length === 4) {
    const gain = name.startsWith("deconv") || name.startsWith("conv10") ? 3 : 6;
    const limit = Math.sqrt(gain / (shape[1] * shape[2] * shape[3]));
    return [-limit, limit];
  }
  if (/^bn.*\.weight$/.test(name)) return [0.7, 1.3];
  if (name.endsWith("running_var")) return [0.6, 1.4];
  if (name.endsWith("running_mean")) return [-0.1, 0.3];
  return [-0.1, 0.1];
}
