import { mergePhotos } from "@kindling/node";
import { printableText } from "@kindling/node/internal";
import type { Command } from "commander";
import type { z } from "zod";
import { mergeOptions } from "../options/merge-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling merge IMG_*.dng -o night.tif        a burst of raws, in 16 bits
  kindling enhance night.tif -o bright.jpg     then the light

The photos must show one scene at one size, taken by hand in quick succession. They are aligned with the first one (shift
and turn, below a pixel) and averaged with it; what moved is that of the first. Metadata come from the first.
Exit status: 0 done, 1 a photo cannot be read or written, 2 wrong usage.`;

/** Defines `kindling merge`: merges a burst of photos into one with less noise. */
export function defineMerge(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Merges a burst of photos of one scene, taken by hand, into one photo with less noise.")
    .argument("<photos...>", "two or more photos of the burst, the best one first");
  addSchemaOptions(command, mergeOptions)
    .addHelpText("after", notes)
    .action(async (photos: string[], values: object) =>
      exitWith(await merge(photos, checkOptions(mergeOptions, values))),
    );
}

async function merge(
  photos: readonly string[],
  { out, json, ...options }: z.infer<typeof mergeOptions>,
): Promise<number> {
  return runInterruptibly(async (signal) => {
    const frames = await mergePhotos(photos, out, { ...options, signal });
    const merged = frames.map(({ placement, share }, i) => ({ photo: photos[i + 1] ?? "", ...placement, share }));
    if (json) process.stdout.write(`${JSON.stringify({ event: "merged", out, first: photos[0], merged })}\n`);
    else for (const line of merged.map(describeFrame)) process.stderr.write(`${line}\n`);
    if (!json) process.stdout.write(`${printableText(out)}\n`);
    return 0;
  });
}

/** Where a photo lay, and how much of the result came from it. */
function describeFrame({
  photo,
  x,
  y,
  angle,
  share,
}: {
  photo: string;
  x: number;
  y: number;
  angle: number;
  share: number;
}) {
  const degrees = (angle * 180) / Math.PI;
  const place = `shifted by ${x.toFixed(1)}, ${y.toFixed(1)} px, turned by ${degrees.toFixed(2)} degrees`;
  return `${printableText(photo)}: ${place}; ${Math.round(100 * share)} % of the picture took part`;
}
