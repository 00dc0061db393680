import {
  finish,
  type ModelSession,
  type ModelTensor,
  type ModelTensors,
  type Picture,
  type Runtime,
} from "@kindling/core";
import { areaReduce, tensorOfPicture } from "@kindling/core/internal";
import {
  createGraph,
  encodeOnnx,
  type Graph,
  quantisableConvolutions,
  quantiseConvolutions,
  type Tensor,
  type Weights,
} from "@kindling/nets";
import { pickWeights } from "@kindling/nets/internal";
import { emberOverviewPx } from "./facts.ts";

/**
 * What stays in floats: what reads pixels, what makes the smooth maps, and the features' gains and offsets. The kernel
 * that makes pixels does so anyway, since it is put together in the graph.
 */
const inFloats = /\/(blocks|coarse|confidence|gain|offset)\/weight$/;

/** One value in so many is looked at; the greatest of them leave out a channel's rarest values. */
const stride = 61;

/** The parts of the analysis, in the order in which they run. */
const analysis = ["encoder", "context", "decoder"] as const;

/**
 * Rewrites the parts of Ember's analysis so that their convolutions compute in 8-bit integers; the magnitudes of their
 * channels are measured on photos. The overview, which is small, stays as it is.
 *
 * @param graphs of all parts.
 * @param weights of them.
 * @throws {KindlingError} what a model's run throws.
 */
export async function quantiseEmber(
  graphs: Readonly<Record<string, Graph>>,
  weights: Weights,
  photos: AsyncIterable<Picture>,
  runtime: Runtime,
): Promise<Readonly<Record<string, Graph>>> {
  const parts = analysis.map((name) => {
    const graph = graphs[name]!;
    const chosen = quantisableConvolutions(graph).filter(({ path }) => !inFloats.test(path));
    const watched = [...new Set(chosen.flatMap(({ node, result }) => [node.inputs[0]!, result]))];
    return { name, graph, chosen, watched };
  });
  const tensors = parts.flatMap(({ watched }) => watched);
  const magnitudes = new Map(tensors.map((tensor) => [tensor, new Float32Array(tensor.shape[1] as number)]));
  const sessions: ModelSession[] = [];
  const open = async (graph: Graph) => {
    // One thread, so that the same photos always give the same integers.
    const bytes = encodeOnnx(graph, pickWeights(graph, weights));
    const session = await runtime.open(bytes, { device: "cpu", threads: 1 });
    sessions.push(session);
    return session;
  };
  try {
    const look = await open(graphs["overview"]!);
    const watches: { readonly watch: ModelSession; readonly watched: readonly Tensor[] }[] = [];
    for (const { graph, watched } of parts) {
      const seen = Object.fromEntries(watched.map((tensor, i) => [`watched${i}`, tensor]));
      const watch = await open(createGraph("watched", graph.inputs, { ...graph.outputs, ...seen }));
      watches.push({ watch, watched });
    }
    for await (const picture of photos) {
      const image = tensorOfPicture(picture);
      const { features } = await look.run({ overview: reduced(picture, image) });
      let known: ModelTensors = { image, features: features! };
      for (const { watch, watched } of watches) {
        const seen = await watch.run(Object.fromEntries(watch.inputNames.map((name) => [name, known[name]!])));
        for (const [i, tensor] of watched.entries()) raise(magnitudes.get(tensor)!, seen[`watched${i}`]!);
        known = { ...known, ...seen };
      }
    }
  } finally {
    for (const session of sessions) await session.dispose();
  }
  return Object.fromEntries(
    parts.map(({ name, graph, chosen }) => [name, quantiseConvolutions(graph, weights, chosen, magnitudes)]),
  );
}

/** The whole photo reduced by area, [1, 3, 64, 64]. */
function reduced({ width, height }: Picture, image: ModelTensor): ModelTensor {
  const size = width * height;
  const values = new Float32Array(3 * emberOverviewPx ** 2);
  for (let channel = 0; channel < 3; channel++) {
    const plane = { width, height, values: image.values.subarray(channel * size, (channel + 1) * size) };
    const small = finish(areaReduce(plane, emberOverviewPx, emberOverviewPx));
    values.set(small.values, channel * emberOverviewPx ** 2);
  }
  return { shape: [1, 3, emberOverviewPx, emberOverviewPx], values };
}

/** Raises the greatest magnitude of each channel to what a tensor holds. */
function raise(greatest: Float32Array, { shape, values }: ModelTensor): void {
  const size = shape[2]! * shape[3]!;
  for (let i = 0; i < values.length; i += stride) {
    const channel = Math.floor(i / size);
    greatest[channel] = Math.max(greatest[channel]!, Math.abs(values[i]!));
  }
}
