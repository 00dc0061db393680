import { join } from "node:path";
import { encodeOnnx, findNetwork, type Weight } from "@kindling/nets";
import { commitFile, stageFile } from "@kindling/node";

/**
 * Writes networks as ONNX files, those whose weights are all there: `kind/blind` as `kind-blind.onnx`.
 *
 * @returns the paths.
 * @throws {KindlingError} `unwritable` or `disk-full`.
 */
export async function writeNetworks(
  folder: string,
  names: readonly string[],
  weights: ReadonlyMap<string, Weight>,
): Promise<string[]> {
  const paths: string[] = [];
  for (const name of names) {
    const { paper, build } = findNetwork(name);
    const graph = build();
    const own = graph.parameters.flatMap(({ path }) => {
      const weight = weights.get(path);
      return weight ? [[path, weight] as const] : [];
    });
    if (own.length < graph.parameters.length) continue;
    const metadata = { network: name, paper: `${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}` };
    const path = join(folder, `${name.replaceAll("/", "-")}.onnx`);
    await commitFile(await stageFile(path, encodeOnnx(graph, new Map(own), { metadata })));
    paths.push(path);
  }
  return paths;
}
