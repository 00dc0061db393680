import { basename } from "node:path";
import { commitFile, stageFile } from "@kindling/node/internal";
import { readCheckpoint } from "@kindling/node/lab";
import { Command } from "commander";
import type { z } from "zod";
import { importOptions } from "../options/import-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

const examples = `
Examples:
  kindling import kind checkpoint/decom_net_train -o decomposition.onnx      TensorFlow, by its folder
  kindling import retinex-net decom.index -o retinex.onnx                    TensorFlow, by its index
  kindling import retinex-net/decomposition 9200.tar -o decomposition.onnx   PyTorch, one part by name
  kindling import gladnet weights.safetensors -o gladnet.onnx --precision float16

No code of a checkpoint is ever run: only tensors are read, everything else is refused.
Several checkpoints are taken together where a network lies in several files.
Mind the licence of the weights: importing does not change it.`;

/** `kindling import`: an official checkpoint of a known network into an ONNX file. */
export function importCommand(): Command {
  const command = new Command("import")
    .summary("turn an official checkpoint into an ONNX model")
    .description(
      "Turns a checkpoint of TensorFlow 1, PyTorch or safetensors, or an ONNX file's weights, into an ONNX model.",
    )
    .argument(
      "<network>",
      "kind, kind-plus, retinex-net, gladnet, msr-net, enlightengan, or a part: kind/decomposition",
    )
    .argument("<checkpoints...>", "files, or the folder or .index of a TensorFlow bundle");
  return addSchemaOptions(command, importOptions)
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
  const { countParameters, encodeOnnx } = await import("@kindling/nets");
  const { importNetwork } = await import("@kindling/lab");
  const { systems } = await import("@kindling/systems");
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
