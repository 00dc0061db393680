import { fusePhotos, KindlingError } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import { fuseScenes } from "@kindling/node/lab";
import type { Command } from "commander";
import type { z } from "zod";
import { fuseOptions } from "../options/fuse-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { sceneWords } from "../report/batch-words.ts";
import { chooseReporter } from "../report/choose-reporter.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling fuse short.jpg middle.jpg long.jpg -o fused.jpg     the window of the short one, the room of the long one
  kindling fuse bracket/*.tif -o fused.tif --exposedness 0     by contrast and colour alone
  kindling fuse --scenes brackets/ -o pairs/ --skip-brighter   pairs to train with, of many scenes

The photos must be of one size and taken from one place: they are not aligned. Metadata come from the first.
With --scenes, photos whose edges agree are one scene: neighbours in the order of names, or close matches. pairs/normal
gets the fused pictures, pairs/low copies of the photos, pairs.csv a row for each photo: scene, split and mean luma of
both. Splits come from a pairs.csv in the folder or the one above. The same command continues a stopped run.
Exit status: 0 done, 1 a photo cannot be read or written or has no scene, 2 wrong usage.`;

/** Defines `kindling fuse`: fuses exposures of one scene into one photo, or all scenes of a folder into pairs. */
export function defineFuse(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Fuses exposures of one scene into one photo that keeps what each of them shows best.")
    .argument("[photos...]", "two or more exposures of the scene");
  addSchemaOptions(command, fuseOptions)
    .addHelpText("after", notes)
    .action(async (photos: string[], values: object) => {
      const options = checkOptions(fuseOptions, values);
      const { scenes } = options;
      exitWith(await (scenes === undefined ? fuseOne(photos, options) : fuseFolder(photos, scenes, options)));
    });
}

type FuseOptions = z.infer<typeof fuseOptions>;

function weightsOf({ contrast, saturation, exposedness }: FuseOptions) {
  return { contrast, saturation, exposedness };
}

async function fuseOne(photos: readonly string[], options: FuseOptions): Promise<number> {
  const { out, format, quality, maxMegapixels, overwrite } = options;
  return runInterruptibly(async (signal) => {
    await fusePhotos(photos, out, { format, quality, maxMegapixels, overwrite, weights: weightsOf(options), signal });
    process.stdout.write(`${printableText(out)}\n`);
    return 0;
  });
}

async function fuseFolder(photos: readonly string[], folder: string, options: FuseOptions): Promise<number> {
  const { format = "png", quality, json } = options;
  if (photos.length > 0) {
    throw new KindlingError("invalid-option", `--scenes ${folder}: expected no photos beside it; got ${photos[0]}.`);
  }
  if (quality !== undefined || (format !== "png" && format !== "webp")) {
    const given = quality === undefined ? `--format ${format}` : `--quality ${quality}`;
    throw new KindlingError("invalid-option", `${given}: with --scenes pictures are lossless: give png or webp alone.`);
  }
  const { out, leastFrames, skipBrighter, maxMegapixels, jobs, overwrite } = options;
  return runInterruptibly(async (signal) => {
    const { failed } = await fuseScenes(folder, {
      ...{ out, leastFrames, skipBrighter, maxMegapixels, jobs, overwrite, format, signal },
      weights: weightsOf(options),
      onRead: json ? undefined : showRead,
      reporter: await chooseReporter(json, sceneWords),
    });
    return failed > 0 ? 1 : 0;
  });
}

/** Photos between two lines of progress while scenes are looked for. */
const readsALine = 250;

function showRead(done: number, total: number): void {
  if (done % readsALine === 0 || done === total) process.stderr.write(`${done} of ${total} photos read\n`);
}
