import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tilingOfPart } from "@kindling/lab/internal";
import { encodeOnnx, type Graph, initialise, type Weights } from "@kindling/nets";
import { type ModelFacts, writeModel } from "@kindling/node/lab";
import { findNetwork, findSystem } from "@kindling/systems";
import { afterAll } from "vitest";
import { officialKindName, seededRestorationWeights } from "./kind-weights.ts";
import { goldenModelTensors, weightsOf } from "./run-graph.ts";

/** A folder for models of a test file's own, removed when its tests are done. */
export function modelsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-models-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts a network into a folder of models with given weights, or with those it starts training from. */
export async function addModel(
  folder: string,
  network: string,
  tag: string,
  weightsFor: (graph: Graph) => Weights = (graph) => initialise(graph, 7),
  facts: Partial<ModelFacts> = {},
): Promise<void> {
  const parts = Object.entries(findSystem(network).models[0].parts).map(([name, part]) => {
    const graph = part.network.build();
    return [name, { bytes: encodeOnnx(graph, weightsFor(graph)), tiling: tilingOfPart(part) }] as const;
  });
  const card = { title: network, about: "For tests.", licence: "none", trainedOn: [], parameters: 1 };
  await writeModel(folder, { network, tag, ...card, ...facts }, Object.fromEntries(parts));
}

/** KinD's official decomposition and adjustment with the golden file's seeded restoration, whose own was never public. */
export function officialKind(graph: Graph): Weights {
  const official = goldenModelTensors("kind_official_weights.safetensors");
  const restoration = seededRestorationWeights(findNetwork("kind/restoration").build());
  return weightsOf(graph, (path) => restoration.get(path) ?? official(officialKindName(path)));
}
