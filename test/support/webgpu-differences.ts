// Run as a process of its own: `node --import tsx test/support/webgpu-differences.ts <networks…>`. Prints, as JSON, the
// largest difference between each network's outputs on the GPU and on the processor, or why there is no GPU.

import { createRandom, KindlingError } from "@kindling/core";
import { encodeOnnx, type Graph, initialise, inputName, type Weights, xavierUniform } from "@kindling/nets";
import { evaluateShape } from "@kindling/nets/internal";
import { openSession } from "@kindling/node";
import { findNetwork } from "@kindling/systems";
import { largestDifference, seededFloat16 } from "./run-graph.ts";

/** Xavier weights for every convolution: EnlightenGAN's own start is so small that its output would be its input. */
function weightsFor(graph: Graph): Weights {
  const usual = initialise(graph, 1);
  return new Map(
    graph.parameters.map(({ path, shape }) => {
      if (shape.length !== 4) return [path, usual.get(path)!];
      const next = xavierUniform(shape, createRandom(1, path));
      return [path, { shape, values: usual.get(path)!.values.map(next) }];
    }),
  );
}

async function difference(name: string): Promise<number> {
  const graph = findNetwork(name).build();
  const file = encodeOnnx(graph, weightsFor(graph));
  const inputs = Object.fromEntries(
    graph.inputs.map((tensor) => {
      const shape = evaluateShape(tensor.shape, { batch: 1, height: 19, width: 22 });
      return [inputName(tensor), seededFloat16(inputName(tensor), 1, shape, [0, 1])];
    }),
  );
  const [gpu, cpu] = [await openSession(file, { device: "webgpu" }), await openSession(file, { device: "cpu" })];
  const [onGpu, onCpu] = [await gpu.run(inputs), await cpu.run(inputs)];
  await Promise.all([gpu.dispose(), cpu.dispose()]);
  return Math.max(...Object.keys(onCpu).map((key) => largestDifference(onGpu[key].values, onCpu[key].values)));
}

const differences: Record<string, number | string> = {};
try {
  for (const name of process.argv.slice(2)) differences[name] = await difference(name);
} catch (error) {
  if (!(error instanceof KindlingError) || error.code !== "no-device") throw error;
  differences["no-device"] = error.message;
}
process.stdout.write(JSON.stringify(differences));
