import { finish } from "@kindling/core";
import { areaReduce, tensorOfPicture } from "@kindling/core/internal";
import {
  createGraph,
  encodeOnnx,
  type Graph,
  quantisableConvolutions,
  quantiseConvolutions,
  type Weights,
} from "@kindling/nets";
import { type ModelSession, type ModelTensors, openSession, readPhoto } from "@kindling/node";
import { findPairs } from "@kindling/node/lab";
import { emberOverviewPx } from "../packages/systems/src/ember/facts.ts";

/**
 * What stays in floats: what reads pixels, what makes the smooth maps, and the features' gains and offsets. The kernel
 * that makes pixels does so anyway, since it is put together in the graph.
 */
const inFloats = /\/(blocks|smooth|gain|offset)\/weight$/;

/** Photos of each set, evenly spread over its training pairs; of every third one the bright partner too. */
const photosPerSet = 12;

/** One value in so many is looked at; the greatest of them leave out a channel's rarest values. */
const stride = 61;

/**
 * Ember's analysis with its convolutions in whole numbers of 8 bits; their channels' magnitudes are measured on the
 * training pairs of data sets.
 *
 * @param weights of both graphs.
 */
export async function quantiseEmber(
  { overview, analysis }: Readonly<Record<"overview" | "analysis", Graph>>,
  weights: Weights,
  sources: readonly string[],
): Promise<Graph> {
  const chosen = quantisableConvolutions(analysis).filter(({ path }) => !inFloats.test(path));
  const watched = [...new Set(chosen.flatMap(({ node, result }) => [node.inputs[0]!, result]))];
  const outputs = Object.fromEntries(watched.map((tensor, i) => [`watched${i}`, tensor]));
  const [look, watch] = await Promise.all([
    open(overview, weights),
    open(createGraph("watched", analysis.inputs, outputs), weights),
  ]);
  const magnitudes = new Map(watched.map((tensor) => [tensor, new Float32Array(tensor.shape[1] as number)]));
  for (const photo of await photosOf(sources)) {
    const { image, reduced } = await tensorsOf(photo);
    const { features } = await look.run({ overview: reduced });
    const seen = await watch.run({ image, features: features! });
    for (const [i, tensor] of watched.entries()) raise(magnitudes.get(tensor)!, seen[`watched${i}`]!);
  }
  await Promise.all([look.dispose(), watch.dispose()]);
  return quantiseConvolutions(analysis, weights, chosen, magnitudes);
}

function open(graph: Graph, weights: Weights): Promise<ModelSession> {
  return openSession(encodeOnnx(graph, ownWeights(graph, weights)), { device: "cpu", threads: 1 });
}

function ownWeights({ parameters }: Graph, weights: Weights): Weights {
  return new Map(parameters.map(({ path }) => [path, weights.get(path)!]));
}

async function photosOf(sources: readonly string[]): Promise<string[]> {
  const sets = await Promise.all(sources.map((source) => findPairs(source, "train")));
  return sets.flatMap(({ pairs }) =>
    Array.from({ length: photosPerSet }, (_, i) => {
      const { low, normal } = pairs[Math.floor((i * pairs.length) / photosPerSet)]!;
      return i % 3 === 0 ? [low, normal] : [low];
    }).flat(),
  );
}

async function tensorsOf(photo: string) {
  const { picture } = await readPhoto(photo);
  const { width, height } = picture;
  const size = width * height;
  const image = tensorOfPicture(picture);
  const reduced = new Float32Array(3 * emberOverviewPx ** 2);
  for (let channel = 0; channel < 3; channel++) {
    const values = image.values.subarray(channel * size, (channel + 1) * size);
    const small = finish(areaReduce({ width, height, values }, emberOverviewPx, emberOverviewPx));
    reduced.set(small.values, channel * emberOverviewPx ** 2);
  }
  return {
    image,
    reduced: { shape: [1, 3, emberOverviewPx, emberOverviewPx], values: reduced },
  };
}

function raise(greatest: Float32Array, { shape, values }: ModelTensors[string]): void {
  const size = shape[2]! * shape[3]!;
  for (let i = 0; i < values.length; i += stride) {
    const channel = Math.floor(i / size);
    greatest[channel] = Math.max(greatest[channel]!, Math.abs(values[i]!));
  }
}
