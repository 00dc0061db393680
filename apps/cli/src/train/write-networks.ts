import { join } from "node:path";
import { encodeNetwork } from "@kindling/lab";
import type { Network, Weight } from "@kindling/nets";
import { commitFile, stageFile } from "@kindling/node";

/**
 * Writes networks as ONNX files, those whose weights are all there: `kind/blind` as `kind-blind.onnx`.
 *
 * @returns the paths.
 * @throws {KindlingError} `unwritable` or `disk-full`.
 */
export async function writeNetworks(
  folder: string,
  networks: readonly Network[],
  weights: ReadonlyMap<string, Weight>,
): Promise<string[]> {
  const paths: string[] = [];
  for (const network of networks) {
    const graph = network.build();
    if (graph.parameters.some(({ path }) => !weights.has(path))) continue;
    const path = join(folder, `${network.name.replaceAll("/", "-")}.onnx`);
    await commitFile(await stageFile(path, encodeNetwork(network, weights, graph)));
    paths.push(path);
  }
  return paths;
}
