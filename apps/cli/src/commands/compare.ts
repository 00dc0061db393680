import { resolve } from "node:path";
import { KindlingError } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import { writeComparison } from "@kindling/node/lab";
import type { Command } from "commander";
import { z } from "zod";
import { batchOptions, overwriteOption } from "../options/batch-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

const compareOptions = z.strictObject({
  out: z.string().default("compare.html").meta({ flags: "-o, --out <file>", description: "the page to write" }),
  side: z.coerce
    .number({ error: "expected a number of pixels" })
    .int({ error: "expected a whole number of pixels" })
    .min(16, { error: "expected at least 16 pixels" })
    .default(1600)
    .meta({ flags: "--side <px>", description: "longer side of the pictures in the page, in pixels" }),
  maxMegapixels: batchOptions.maxMegapixels,
  overwrite: overwriteOption,
});

/** Defines `kindling compare`: writes a page that shows photos side by side. */
export function defineCompare(command: Command, exitWith: (status: number) => void): void {
  command
    .description(
      "Writes one page that shows photos side by side or under a slider, with a magnifier at the same place in each.",
    )
    .argument("<photos...>", "two or more photos of the same scene");
  addSchemaOptions(command, compareOptions).action(async (photos: string[], values: object) => {
    const { out, ...options } = checkOptions(compareOptions, values);
    if (photos.length < 2) throw new KindlingError("invalid-option", "Give at least two photos to compare.");
    if (photos.some((photo) => resolve(photo) === resolve(out))) {
      throw new KindlingError(
        "invalid-option",
        `--out ${out}: it would replace one of the photos. Choose another name.`,
      );
    }
    const onFailure = ({ message }: KindlingError) => process.stderr.write(`failed: ${message}\n`);
    const shown = await writeComparison(photos, out, { ...options, onFailure });
    process.stdout.write(`${printableText(out)}: ${shown} photos side by side. Open it in a browser.\n`);
    exitWith(shown === photos.length ? 0 : 1);
  });
}
