import type { Graph, Weights } from "@kindling/nets";
import { kindTensorflow } from "../../packages/systems/src/kind/tensorflow-names.ts";
import { goldenModelTensors, seededFloat16, weightsOf } from "./run-graph.ts";

/** The name that a parameter of one of KinD's nets has in the authors' checkpoints. */
export function officialKindName(path: string): string {
  return kindTensorflow.sources.get(path)!.name;
}

/** The authors' trained weights of the decomposition or the adjustment. */
export function officialKindWeights(graph: Graph): Weights {
  const official = goldenModelTensors("kind_official_weights.safetensors");
  return weightsOf(graph, (path) => official(officialKindName(path)));
}

/** Restoration weights by rng.json: Xavier uniform with a gain, biases within 0.05, rounded to float16. */
export function seededRestorationWeights(graph: Graph): Weights {
  return weightsOf(graph, (path, shape) => {
    const [d0, d1, rows, columns] = shape;
    const gain = path.includes("/up") ? 8 : 2;
    const limit = path.endsWith("/bias") ? 0.05 : Math.sqrt((gain * 6) / ((d0 + d1) * rows * columns));
    return seededFloat16(officialKindName(path), 20240602, shape, [-limit, limit]);
  });
}
