import { join, parse } from "node:path";
import { KindlingError, locateMethod, openEnhancer, readPhoto, writePhoto } from "@kindling/node";
import { identity, photoMaps, printableText, requireFree, requireMaps } from "@kindling/node/internal";
import type { Command } from "commander";
import type { z } from "zod";
import { mapsOptions } from "../options/maps-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling maps dark.jpg -o maps/       maps/dark-reflectance.png, maps/dark-illumination.png, maps/dark-unrestored.png

The reflectance is the colour of surfaces without the light on them. Noise and colour cast are removed from it; the
unrestored one, which KinD alone has, keeps them.
Exit status: 0 done, 1 a photo cannot be read or its maps not be written (each is named), 2 wrong usage.`;

/** Defines `kindling maps`: writes a photo's reflectance and illumination as pictures. */
export function defineMaps(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Splits photos into reflectance and illumination and writes both as PNG files.")
    .argument("<photos...>", "photo files");
  addSchemaOptions(command, mapsOptions)
    .addHelpText("after", notes)
    .action(async (photos: string[], values: object) =>
      exitWith(await writeMaps(photos, checkOptions(mapsOptions, values))),
    );
}

async function writeMaps(
  photos: readonly string[],
  { out, depth, maxMemory, maxMegapixels, overwrite, device, ...given }: z.infer<typeof mapsOptions>,
): Promise<number> {
  const { method, models } = await locateMethod(given.method, given.models);
  requireMaps(method, "--method");
  return runInterruptibly(async (signal) => {
    const enhancer = await openEnhancer({ method, device, models, maxMemoryBytes: maxMemory, signal });
    const takenBy = new Map<string, string>();
    const split = async (path: string) => {
      const { name: stem } = parse(path);
      const other = takenBy.get(stem);
      if (other !== undefined) {
        if ((await identity(other)) === (await identity(path))) return;
        const reason = `its result would replace that of ${other}`;
        throw new KindlingError("exists", `${path}: ${reason}. Split it into another --out.`);
      }
      const photo = await readPhoto(path, { maxMegapixels });
      takenBy.set(stem, path);
      const scene = await enhancer.analyse(photo, { signal });
      const maps = Object.entries(photoMaps(scene, photo)).map(
        ([name, map]) => [join(out, `${stem}-${name}.png`), map] as const,
      );
      for (const [file] of maps) await requireFree(file, overwrite);
      for (const [file, map] of maps) {
        await writePhoto(map, file, { depth: depth === "16" ? 16 : 8 });
        process.stdout.write(`${printableText(file)}\n`);
      }
    };
    try {
      let status = 0;
      for (const path of photos) {
        try {
          await split(path);
        } catch (error) {
          if (!(error instanceof KindlingError) || error.code === "cancelled") throw error;
          process.stderr.write(`failed: ${error.message}\n`);
          status = 1;
        }
      }
      return status;
    } finally {
      await enhancer.close();
    }
  });
}
