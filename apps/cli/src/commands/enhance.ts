import { enhanceFiles, factsOfMethod, followedBy, KindlingError, locateMethod } from "@kindling/node";
import { asksForFastest, chooseWeights } from "@kindling/node/internal";
import type { Command } from "commander";
import type { z } from "zod";
import { enhanceOptions } from "../options/enhance-options.ts";
import { fitOptions } from "../options/fit-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { enhanceWords } from "../report/batch-words.ts";
import { chooseReporter } from "../report/choose-reporter.ts";
import { createFailureReporter } from "../report/failure-reporter.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const examples = `
Examples:
  kindling enhance dark.jpg                         writes enhanced/dark.jpg
  kindling enhance dark.jpg -o bright.png           a file name, which also decides the format
  kindling enhance holiday/ -o lit/                 a folder with its subfolders
  kindling enhance "raw/**/*.tif" -o lit -f jpeg    a pattern, written as JPEG
  kindling enhance holiday/ -o holiday/ --suffix -lit   each result beside its photo
  kindling enhance - < dark.jpg > bright.jpg        from the standard input to the standard output
  kindling enhance holiday/ --dry-run               what would be done
  kindling enhance dark.jpg -m clahe -s clipLimit=3 another method with a setting
  kindling enhance dark.jpg -m lime --then bm3d     removes the noise that a method has lifted
  kindling enhance dark.jpg --light 2               doubles the light of the photo, as does --light +1ev
  kindling enhance dark.jpg -m kind -s alpha=5      KinD at its own level, as its authors run it
  kindling enhance dark.jpg -m kind --denoise 0.5   a trained network with weaker denoising
  kindling enhance dark.jpg -m kind --mask sky.png  changes the light where the mask is white
  kindling enhance clip.mp4 -o bright.mp4           a video, without flicker; needs ffmpeg
  kindling enhance holiday/ --codec av1 --crf 24    photos and videos, videos as AV1
  kindling enhance holiday/ -m ember.fastest        8-bit weights where they are quicker on this machine
  kindling enhance dark.jpg -m run/                 a network that kindling train left in run/

Light is the mean luminance of the result over that of the photo, in linear light, up to what its highlights allow.
Ctrl-C stops the command, a second one at once; the same command continues where it stopped.
Photos and results are known by their content: what is done is not done again, originals that were replaced included. Two
commands for one folder work one after the other. In a folder that is searched, links to folders are followed once, and
folders with results of earlier commands are left out; a note names them.
Of videos, sound, subtitles, chapters, times, colour tags and metadata are kept (docs/VIDEO.md).
Originals are replaced only with --overwrite. Results keep permissions, Exif, XMP, IPTC and the colour profile.
Exit status: 0 all done, 1 some inputs failed (each is named), 2 wrong usage, 130 stopped.`;

/** Defines `kindling enhance`: turns files, folders and globs of dark photos into good ones. */
export function defineEnhance(command: Command, exitWith: (status: number) => void): void {
  command
    .description(
      "Turns dark photos and videos into good ones: files, folders with their subfolders, or quoted patterns.",
    )
    .argument(
      "<photos...>",
      'JPEG, PNG, WebP, AVIF, TIFF, HEIC, JPEG XL, BMP or raw files, videos, folders, patterns such as "**/*.jpg", or - for the standard input',
    );
  addSchemaOptions(command, enhanceOptions)
    .addHelpText("after", examples)
    .action(async (inputs: string[], values: object) =>
      exitWith(await enhance(inputs, checkOptions(enhanceOptions, values))),
    );
}

/** Stands for the standard input among photos, and for the standard output as the result. */
const standardStream = "-";

async function enhance(inputs: readonly string[], given: z.infer<typeof enhanceOptions>): Promise<number> {
  const { then, ...rest } = given;
  const located = await locateMethod(given.method, given.models);
  const named = then === undefined ? located.method : followedBy(located.method, then);
  const method = await chooseWeights(named, { models: located.models, device: given.device });
  const { fitted: options, notes } = fitOptions(method, { ...rest, ...located, method });
  const {
    json,
    maxMemory,
    codec,
    crf,
    container,
    denoiseOverTime,
    keepPart,
    ffmpeg,
    out = inputs.includes(standardStream) ? standardStream : "enhanced",
    ...others
  } = options;
  if (options.depth === 16 && (options.format === "jpeg" || options.format === "webp")) {
    throw new KindlingError(
      "invalid-option",
      `--depth 16: ${options.format} holds 8 bits a sample. Choose --format png, tiff or avif.`,
    );
  }
  requireRedirection(inputs, out, options);
  if (!json && asksForFastest(named)) process.stderr.write(`${named}: using ${method}.\n`);
  // Where the photo goes to the standard output, nothing else may.
  const isStreamed = out === standardStream && !options.dryRun;
  const reporter = isStreamed ? createFailureReporter() : await chooseReporter(json, enhanceWords);
  // Once the options have proved right.
  const start = (photos: number, doneBefore: number) => {
    for (const note of notes) process.stderr.write(note);
    if (!json) for (const line of durationsOf(method)) process.stderr.write(`${line}\n`);
    reporter.start?.(photos, doneBefore);
  };
  return runInterruptibly(async (signal) => {
    const video = { codec, crf, container, denoiseOverTime, keepPart, ffmpeg };
    const work = {
      ...others,
      out,
      video,
      maxMemoryBytes: maxMemory,
      onCallingThread: true,
      reporter: { ...reporter, start },
      signal,
    };
    const { failed } = await enhanceFiles(inputs, work);
    return failed > 0 ? 1 : 0;
  });
}

/** Refuses a terminal as the source or the target of a photo, and a report in the middle of one. */
function requireRedirection(
  inputs: readonly string[],
  out: string,
  { json, dryRun }: Pick<z.infer<typeof enhanceOptions>, "json" | "dryRun">,
): void {
  if (dryRun) return;
  const refuse = (reason: string) => new KindlingError("invalid-option", reason);
  if (inputs.includes(standardStream) && process.stdin.isTTY) {
    throw refuse("-: the standard input is a terminal. Redirect a photo to it: kindling enhance - < dark.jpg");
  }
  if (out !== standardStream) return;
  if (json) throw refuse("--json: the standard output takes the photo. Name a file with --out.");
  if (process.stdout.isTTY) {
    throw refuse("--out -: the standard output is a terminal. Redirect it into a file, or name one with --out.");
  }
}

/** Notices that are printed before slow methods start. */
function durationsOf(name: string): readonly string[] {
  const { made, after } = factsOfMethod(name);
  const methods = [made.method, ...(after ? [after] : [])];
  const lines = methods.flatMap(({ name, duration }) => (duration ? [`${name} is slow: ${duration}.`] : []));
  return [...new Set(lines)];
}
