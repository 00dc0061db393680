import { join } from "node:path";
import { KindlingError, networkMethods } from "@kindling/node";
import { shipNetwork } from "@kindling/node/lab";
import { findSystem } from "@kindling/systems";
import type { Command } from "commander";
import type { z } from "zod";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { parseMeasured, shipOptions } from "../options/ship-options.ts";
import { openEvaluationBar } from "../report/evaluation-bar.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling ship kind night --from run --title KinD --about "For noisy night photos."
  kindling ship kind night --from run --measured "lol, val=figures.json"     again, with figures for the card
  kindling ship ember night --mean --from first --from second                the mean of two trainings
  kindling ship ember int8 --from run --int8 lol                            in 8-bit integers

Writes into the folder of models: an ONNX file of each part with float16 weights, a manifest for programs, a card for
people, and a line in index.json. Then use it: kindling enhance dark.jpg -m kind.night --models models
Every set of photographs that the weights were learnt from must be described in the file of --photos:
  { "lol": { "about": "lol: 485 pairs of indoor scenes, 600x400.", "terms": "Research use." } }
Names are the last parts of the paths that a run was trained on, and those of --data.
Automatic light (kindling fit-light), border, figures and texts stay as they were where nothing new is given. The order:
ship, fit the light, evaluate, ship again with the figures.
Exit status: 0 shipped, 1 a file could not be read or written, 2 wrong usage, 130 stopped.`;

/** Defines `kindling ship`: puts a trained network into a folder of models. */
export function defineShip(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Puts trained weights into a folder of models: float16 files, manifest and card.")
    .argument("<network>", networkMethods.map(({ name }) => name).join(", "))
    .argument("<tag>", "name of these weights, such as night");
  addSchemaOptions(command, shipOptions)
    .addHelpText("after", notes)
    .action(async (network: string, tag: string, values: object) =>
      exitWith(await ship(network, tag, checkOptions(shipOptions, values))),
    );
}

async function ship(network: string, tag: string, options: z.infer<typeof shipOptions>): Promise<number> {
  const { measured, border, photos, json, ...others } = options;
  if (others.from.length === 0) {
    throw new KindlingError("invalid-option", "--from: expected a run's folder, a checkpoint or an ONNX model.");
  }
  const bar = openEvaluationBar();
  return runInterruptibly(async (signal) => {
    const { manifest, files } = await shipNetwork({
      ...others,
      system: findSystem(network),
      tag,
      photos: photos ?? join(options.models, "photos.json"),
      measured: parseMeasured(measured),
      borderPx: border,
      command: `kindling ${process.argv.slice(2).map(quote).join(" ")}`,
      signal,
      onProgress: bar.show,
    }).finally(bar.stop);
    const { parameters, parts } = manifest;
    if (json) process.stdout.write(`${JSON.stringify({ network, tag, parameters, parts, files })}\n`);
    else {
      for (const { file, bytes } of Object.values(parts)) process.stdout.write(`${network}/${file}  ${bytes} bytes\n`);
      process.stdout.write(`-> ${files[0]}\n`);
    }
    return 0;
  });
}

/** A word as it is typed in a shell. */
function quote(word: string): string {
  return /^[\w./=-]+$/.test(word) ? word : `"${word}"`;
}
