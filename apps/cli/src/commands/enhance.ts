import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  checkedSettings,
  defaultNetworkMemoryBytes,
  factsOfMethod,
  KindlingError,
  locateMethod,
  type MethodFacts,
  openModelStore,
  readError,
  requireStrengths,
} from "@kindling/node";
import { Command } from "commander";
import type { z } from "zod";
import { planBatch } from "../batch/batch-plan.ts";
import { runBatch } from "../batch/run-batch.ts";
import { interruptible } from "../interruptible.ts";
import { parseSetting } from "../parse-setting.ts";
import { reporterFor } from "../report/reporter-for.ts";
import { enhanceWords } from "../report/words.ts";
import { addSchemaOptions, checkedOptions } from "../schema-options.ts";
import { version } from "../version.ts";
import { enhanceOptions } from "./enhance-options.ts";

const examples = `
Examples:
  kindling enhance dark.jpg                         the photo, lit, in enhanced/dark.jpg
  kindling enhance dark.jpg -o bright.png           under a name and in a format of your choice
  kindling enhance holiday/ -o lit/                 a whole folder, subfolders and all
  kindling enhance "raw/**/*.tif" -o lit -f jpeg    a pattern, written as JPEG
  kindling enhance dark.jpg -m clahe -s clipLimit=3 another method, with a setting
  kindling enhance dark.jpg --light 2               twice as light as it was, no more
  kindling enhance dark.jpg -m kind --denoise 0.5   a trained network, gentler on grain
  kindling enhance dark.jpg -m kind --mask sky.png  light where the mask is white
  kindling enhance dark.jpg -m run/                 a network that kindling train left in run/

Stop it whenever you like: the same command goes on where it was.
Originals are not touched without --overwrite. Exif, XMP, IPTC and the colour profile stay with the photo.
Exit status: 0 all done, 1 some inputs failed (each is named), 2 the command was used wrongly.`;

/** `kindling enhance`: files, folders and globs of dark photos into good ones. Hands its exit status to `done`. */
export function enhanceCommand(done: (exitStatus: number) => void): Command {
  const command = new Command("enhance")
    .summary("turn dark photos into good ones")
    .description("Turns dark photos into good ones: files, folders (with all below them) or quoted patterns.")
    .argument("<photos...>", 'JPEG, PNG, WebP, AVIF, TIFF or BMP files, folders, or patterns such as "**/*.jpg"');
  return addSchemaOptions(command, enhanceOptions)
    .addHelpText("after", examples)
    .action(async (inputs: string[], values: object) =>
      done(await enhance(inputs, checkedOptions(enhanceOptions, values))),
    );
}

async function enhance(inputs: readonly string[], given: z.infer<typeof enhanceOptions>): Promise<number> {
  const options = { ...given, ...(await locateMethod(given.method, given.models)) };
  const { out, set, jobs, overwrite, json, maxMemory, ...treatment } = options;
  const facts = factsOfMethod(options.method);
  const settings = checkedSettings(facts, Object.fromEntries(set.map((text) => parseSetting(text, "--set"))));
  requireStrengths(options, facts);
  if (options.depth === 16 && (options.format === "jpeg" || options.format === "webp")) {
    throw new KindlingError(
      "invalid-option",
      `--depth 16: ${options.format} holds 8 bits a sample. Choose --format png, tiff or avif.`,
    );
  }
  const { weights, memory } = await workOf(facts, options);
  const mask = options.mask === undefined ? undefined : await sha256OfFile(options.mask);
  return interruptible(async (signal) => {
    const plan = await planBatch(inputs, out, options.format);
    const complete = { ...treatment, settings, format: plan.format, maxMemoryBytes: memory.bytes };
    // Neither limits nor devices change what a result looks like; of files the content counts, not the place.
    const { maxMegapixels: _, maxMemoryBytes: __, device: ___, models: ____, ...decisive } = complete;
    const summary = await runBatch(plan, out, {
      worker: { file: new URL("../batch/enhance-worker.js", import.meta.url), name: "enhanceOnWorker" },
      treatment: complete,
      settings: { version, ...decisive, mask, weights },
      jobs,
      memory,
      overwrite,
      reporter: reporterFor(json, enhanceWords),
      signal,
    });
    return summary.failed > 0 ? 1 : 0;
  });
}

/** What a method brings with it: the hashes of its weights, and the memory it takes. */
async function workOf({ made }: MethodFacts, { models, maxMemory }: z.infer<typeof enhanceOptions>) {
  if (made.by === "formula") return { weights: undefined, memory: { bytes: 0, bytesPerPixel: 0 } };
  // Looked up here, so that weights that are not there are told before any photo is.
  const { parts } = await openModelStore(models).manifest(made.method.name, made.tag);
  return {
    weights: Object.values(parts).map(({ sha256 }) => sha256),
    memory: { bytes: maxMemory ?? defaultNetworkMemoryBytes(), bytesPerPixel: made.method.keptBytesPerPixel },
  };
}

async function sha256OfFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((cause) => {
    throw readError(path, cause);
  });
  return createHash("sha256").update(bytes).digest("hex");
}
