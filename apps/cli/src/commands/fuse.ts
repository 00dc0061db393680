import { fusePhotos } from "@kindling/node";
import type { Command } from "commander";
import { fuseOptions } from "../options/fuse-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling fuse short.jpg middle.jpg long.jpg -o fused.jpg     the window of the short one, the room of the long one
  kindling fuse bracket/*.tif -o fused.tif --exposedness 0     by contrast and colour alone

The photos must be of one size and taken from one place: they are not aligned. Metadata come from the first.
Exit status: 0 done, 1 a photo cannot be read or written, 2 wrong usage.`;

/** Defines `kindling fuse`: fuses exposures of one scene into one photo. */
export function defineFuse(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Fuses exposures of one scene into one photo that keeps what each of them shows best.")
    .argument("<photos...>", "two or more exposures of the scene");
  addSchemaOptions(command, fuseOptions)
    .addHelpText("after", notes)
    .action(async (photos: string[], values: object) => {
      const { out, contrast, saturation, exposedness, ...options } = checkOptions(fuseOptions, values);
      const weights = { contrast, saturation, exposedness };
      const status = await runInterruptibly(async (signal) => {
        await fusePhotos(photos, out, { ...options, weights, signal });
        process.stdout.write(`${out}\n`);
        return 0;
      });
      exitWith(status);
    });
}
