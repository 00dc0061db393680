import { KindlingError } from "@kindling/node";
import { synthesise } from "@kindling/node/lab";
import type { Command } from "commander";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { parseRanges, synthOptions } from "../options/synth-options.ts";
import { synthWords } from "../report/batch-words.ts";
import { chooseReporter } from "../report/choose-reporter.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const examples = `
Examples:
  kindling synth photos/ -o pairs/                  one dark version of every photo, in pairs/low and pairs/normal
  kindling synth photos/ -o pairs/ -n 10 --seed 7   ten versions of each, drawn from another seed
  kindling synth photos/ -o pairs/ --parts 0.3 --unchanged 0.1
                                                    of ten, three dark in parts only, one left as it is
  kindling synth -o pairs/ --panoramas hdri/ --views 40           views of panoramas, many exposures fused
  kindling synth -o pairs/ --blank-frames 100 --lamp-scenes 100   plain scenes that must stay as they are

A range is two numbers with .. between them, -6..-1, or one number. docs/SYNTH.md describes the camera model.
pairs.csv lists the values drawn for each pair; contact-sheet.jpg shows some pairs: the photo, its dark version, and the
dark version with its exposure undone. Ctrl-C stops the command; the same command continues where it stopped.
Exit status: 0 all done, 1 some inputs failed (each is named), 2 wrong usage, 130 stopped.`;

/** Defines `kindling synth`: makes dark versions of good photos, as pairs to train with. */
export function defineSynth(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Makes dark versions of good photos, as a camera would take them in too little light.")
    .argument("[photos...]", 'JPEG, PNG, WebP, AVIF, TIFF or BMP files, folders, or patterns such as "**/*.jpg"');
  addSchemaOptions(command, synthOptions)
    .addHelpText("after", examples)
    .action(async (inputs: string[], values: object) => {
      const options = checkOptions(synthOptions, values);
      const { panoramas, blankFrames, lampScenes } = options;
      if (panoramas === undefined && inputs.length + blankFrames + lampScenes === 0) {
        const expected = "expected good photos, --panoramas, --blank-frames or --lamp-scenes";
        throw new KindlingError("invalid-option", `photos: ${expected}; got none of them.`);
      }
      const reporter = await chooseReporter(options.json, synthWords);
      const status = await runInterruptibly(async (signal) => {
        const { failed } = await synthesise(inputs, { ...options, ranges: parseRanges(options), reporter, signal });
        return failed > 0 ? 1 : 0;
      });
      exitWith(status);
    });
}
