import { basename, resolve } from "node:path";
import { importableNames, importNetwork } from "@kindling/lab";
import { countParameters, encodeOnnx } from "@kindling/nets";
import { commitFile, printableText, stageFile } from "@kindling/node/internal";
import { readSource } from "@kindling/node/lab";
import { systems } from "@kindling/systems";
import type { Command } from "commander";
import type { z } from "zod";
import { importOptions } from "../options/import-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

const examples = `
Examples:
  kindling import kind checkpoint/decom_net_train -o decomposition.onnx      TensorFlow, by its folder
  kindling import retinex-net decom.index -o retinex.onnx                    TensorFlow, by its index
  kindling import retinex-net/decomposition 9200.tar -o decomposition.onnx   PyTorch, one part by name
  kindling import kind-plus model.ckpt -o decomposition.onnx                 the part that KinD++ shares with KinD
  kindling import ember run -o ember.onnx --precision float16                what kindling train left in run/
  kindling import ember/analysis run/checkpoint.safetensors -o analysis.onnx

Of a checkpoint of kindling train, the averages are used where it keeps any; the optimiser's state is left out.
Only tensors are read; no code of a checkpoint runs. Give all files of a network that is stored in several.
The licence of the weights also holds for the imported model.`;

/** Defines `kindling import`: converts a checkpoint of a known network to an ONNX file. */
export function defineImport(command: Command): void {
  command
    .description(
      "Converts a checkpoint of TensorFlow 1, PyTorch, safetensors or Kindling, or the weights of an ONNX file, to an ONNX model.",
    )
    .argument("<network>", `${importableNames(systems).join(", ")}, or a part such as kind/decomposition`)
    .argument("<checkpoints...>", "files, a run's folder, or the folder or .index of a TensorFlow bundle");
  addSchemaOptions(command, importOptions)
    .addHelpText("after", examples)
    .action((network: string, checkpoints: string[], values: object) =>
      importCheckpoint(network, checkpoints, checkOptions(importOptions, values)),
    );
}

async function importCheckpoint(
  name: string,
  checkpoints: readonly string[],
  { out, precision, json }: z.infer<typeof importOptions>,
): Promise<void> {
  const sources = await Promise.all(checkpoints.map((path) => readSource(path, systems)));
  const tensors = new Map(sources.flatMap((source) => [...source.tensors]));
  // Several checkpoints make one network together: none of them says which.
  const belongsTo = sources.length === 1 ? sources[0]?.belongsTo : undefined;
  const { network, weights } = importNetwork(systems, name, tensors, { file: checkpoints.join(", "), belongsTo });
  const graph = network.build();
  const { paper } = network;
  const bytes = encodeOnnx(graph, weights, {
    precision,
    metadata: {
      network: network.name,
      paper: `${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}${paper.id ? `, ${paper.id}` : ""}`,
      imported_from: checkpoints.map((path) => basename(resolve(path))).join(", "),
    },
  });
  await commitFile(await stageFile(out, bytes));
  const parameters = countParameters(graph);
  const imported = { network: network.name, tensors: weights.size, parameters, precision, out, bytes: bytes.length };
  if (json) process.stdout.write(`${JSON.stringify(imported)}\n`);
  else {
    const size = `${(bytes.length / 1e6).toFixed(1)} MB`;
    process.stdout.write(
      `${network.name}: ${weights.size} tensors, ${parameters} parameters -> ${printableText(out)} (${size})\n`,
    );
  }
}
