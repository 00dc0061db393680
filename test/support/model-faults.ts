import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findForm, tilingOfPart } from "@kindling/lab/internal";
import { decodeOnnx, type Graph, inputName } from "@kindling/nets";
import { type ModelManifest, openModelStore } from "@kindling/node";
import { findSystem } from "@kindling/systems";

/**
 * What is wrong with a folder of models: files that are not those of their manifests, graphs that are not the
 * registry's, figures that do not follow from them, cards that tell of other files.
 */
export async function modelFaults(folder: string): Promise<string[]> {
  const faults: string[] = [];
  const models = await openModelStore(folder).list();
  for (const manifest of models) faults.push(...(await faultsOf(folder, manifest)));
  const named = models.flatMap(({ network, tag, parts }) =>
    [`${tag}.json`, `${tag}.md`, ...Object.values(parts).map(({ file }) => file)].map((file) => join(network, file)),
  );
  for (const network of new Set(models.map((manifest) => manifest.network))) {
    for (const file of readdirSync(join(folder, network))) {
      if (!named.includes(join(network, file))) faults.push(`${network}/${file}: no model has this file`);
    }
  }
  return faults;
}

async function faultsOf(folder: string, manifest: ModelManifest): Promise<string[]> {
  const { network, tag, parts, parameters, light } = manifest;
  const name = `${network}.${tag}`;
  const faults: string[] = [];
  const expect = (isSo: boolean, fault: string) => {
    if (!isSo) faults.push(`${name}: ${fault}`);
  };
  const [form] = findSystem(network).models;
  const described = form.parts;
  expect(Object.keys(parts).join() === Object.keys(described).join(), `it has the parts ${Object.keys(parts)}`);
  const card = readFileSync(join(folder, network, `${tag}.md`), "utf8");
  const sizes = new Map<string, number>();
  for (const [part, { file, bytes, sha256, haloPx, alignmentPx }] of Object.entries(parts)) {
    // The store refuses bytes of another hash.
    const content = await openModelStore(folder).load(manifest, part);
    expect(content.length === bytes, `${file} has ${content.length} bytes, not ${bytes}`);
    expect(card.includes(sha256), `its card does not name the hash of ${file}`);
    const { graph, weights, precision, metadata } = decodeOnnx(content, file);
    expect(weights.size === 0 || precision === "float16", `${file} holds ${precision}`);
    const finite = [...weights.values()].every(({ values }) => values.every(Number.isFinite));
    expect(finite, `${file} has weights that are no numbers`);
    // A variant of the network, such as kind+root, has other graphs with the same inputs and outputs.
    const variant = findForm(findSystem(network), metadata["network"] ?? "") ?? form;
    const described = variant.parts[part]!;
    const registered = described.network.build();
    // In whole numbers of 8 bits it has other nodes between the same inputs and outputs.
    const compared = graph.nodes.some(({ operation }) => operation.type === "QuantizeLinear") ? ports : outline;
    expect(compared(graph) === compared(registered), `${file} is not the graph of ${registered.name}`);
    const tiling = tilingOfPart(described);
    expect(haloPx === tiling?.haloPx && alignmentPx === tiling?.alignmentPx, `${file} tiles otherwise`);
    for (const { path, shape, learnt } of registered.parameters) {
      if (learnt)
        sizes.set(
          path,
          shape.reduce((product, side) => product * side, 1),
        );
    }
  }
  const counted = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  expect(counted === parameters, `it has ${counted} parameters, not ${parameters}`);
  expect(card.includes(counted.toLocaleString("en")), "its card does not tell its parameters");
  for (const data of manifest.trainedOn) expect(card.includes(data), `its card does not tell of ${data}`);
  expect(card.includes(manifest.licence), "its card has another licence");
  expect(card.includes("## Automatic light") === (light !== undefined), "its card is older than its automatic light");
  return faults;
}

function ports({ inputs, outputs }: Graph): string {
  return JSON.stringify([
    inputs.map((tensor) => [inputName(tensor), tensor.shape]),
    Object.entries(outputs).map(([key, tensor]) => [key, tensor.shape]),
  ]);
}

function outline(graph: Graph): string {
  const { nodes, parameters } = graph;
  return JSON.stringify([
    ports(graph),
    nodes.map(({ operation, attributes }) => [operation.type, attributes]),
    parameters.map(({ path, shape, learnt }) => [path, shape, learnt]),
  ]);
}
