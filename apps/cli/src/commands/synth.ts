import { Command } from "commander";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { parseRanges, synthOptions } from "../options/synth-options.ts";
import { synthWords } from "../report/batch-words.ts";
import { chooseReporter } from "../report/choose-reporter.ts";
import { interruptible } from "./interruptible.ts";

const examples = `
Examples:
  kindling synth photos/ -o pairs/                  one dark version of every photo, in pairs/low and pairs/normal
  kindling synth photos/ -o pairs/ -n 10 --seed 7   ten versions of each, drawn from another seed
  kindling synth photos/ -o pairs/ --ev -3 --iso 0  only darker, by three stops, without noise

A range is two numbers with .. between them, -6..-1, or one number. docs/SYNTH.md describes the camera model.
pairs.csv lists the values drawn for each pair; contact-sheet.jpg shows some pairs: the photo, its dark version, and the
dark version with its exposure undone. Ctrl-C stops the command; the same command continues where it stopped.
Exit status: 0 all done, 1 some inputs failed (each is named), 2 wrong usage.`;

/** `kindling synth`: makes dark versions of good photos, as pairs to train with. Passes its exit status to `done`. */
export function synthCommand(done: (exitStatus: number) => void): Command {
  const command = new Command("synth")
    .summary("make dark versions of good photos, to train with")
    .description("Makes dark versions of good photos, as a camera would take them in too little light.")
    .argument("<photos...>", 'JPEG, PNG, WebP, AVIF, TIFF or BMP files, folders, or patterns such as "**/*.jpg"');
  return addSchemaOptions(command, synthOptions)
    .addHelpText("after", examples)
    .action(async (inputs: string[], values: object) => {
      const options = checkOptions(synthOptions, values);
      // Imported here, so that other commands start without the laboratory.
      const { synthesise } = await import("@kindling/node/lab");
      const reporter = chooseReporter(options.json, synthWords);
      const status = await interruptible(async (signal) => {
        const { failed } = await synthesise(inputs, { ...options, ranges: parseRanges(options), reporter, signal });
        return failed > 0 ? 1 : 0;
      });
      done(status);
    });
}
