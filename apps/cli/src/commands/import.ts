import { basename } from "node:path";
import { importableNames, importNetwork } from "@kindling/lab";
import { countParameters, encodeOnnx } from "@kindling/nets";
import { commitFile, stageFile } from "@kindling/node/internal";
import { readCheckpoint } from "@kindling/node/lab";
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
  kindling import gladnet weights.safetensors -o gladnet.onnx --precision float16

Only tensors are read; no code of a checkpoint runs. Give all files of a network that is stored in several.
The licence of the weights also holds for the imported model.`;

/** Defines `kindling import`: converts a checkpoint of a known network to an ONNX file. */
export function defineImport(command: Command): void {
  command
    .description(
      "Converts a checkpoint of TensorFlow 1, PyTorch or safetensors, or the weights of an ONNX file, to an ONNX model.",
    )
    .argument("<network>", `${importableNames(systems).join(", ")}, or a part such as kind/decomposition`)
    .argument("<checkpoints...>", "files, or the folder or .index of a TensorFlow bundle");
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
  const tensors = new Map((await Promise.all(checkpoints.map(readCheckpoint))).flatMap((read) => [...read]));
  const { network, weights } = importNetwork(systems, name, tensors, checkpoints.join(", "));
  const graph = network.build();
  const { paper } = network;
  const bytes = encodeOnnx(graph, weights, {
    precision,
    metadata: {
      network: network.name,
      paper: `${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}${paper.id ? `, ${paper.id}` : ""}`,
      imported_from: checkpoints.map((path) => basename(path)).join(", "),
    },
  });
  await commitFile(await stageFile(out, bytes));
  const parameters = countParameters(graph);
  const imported = { network: network.name, tensors: weights.size, parameters, precision, out, bytes: bytes.length };
  if (json) process.stdout.write(`${JSON.stringify(imported)}\n`);
  else {
    const size = `${(bytes.length / 1e6).toFixed(1)} MB`;
    process.stdout.write(`${network.name}: ${weights.size} tensors, ${parameters} parameters -> ${out} (${size})\n`);
  }
}
