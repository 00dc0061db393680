import { join, parse } from "node:path";
import {
  factsOfMethod,
  KindlingError,
  locateMethod,
  networkMethods,
  openEnhancer,
  readPhoto,
  writePhoto,
} from "@kindling/node";
import { Command } from "commander";
import type { z } from "zod";
import { mapsOptions } from "../options/maps-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { interruptible } from "./interruptible.ts";

const notes = `
Examples:
  kindling maps dark.jpg -o maps/       maps/dark-reflectance.png, maps/dark-illumination.png, maps/dark-unrestored.png

The reflectance is what things look like whatever the light, without noise and colour cast; unrestored, with them.`;

/** `kindling maps`: a photo's reflectance and illumination as pictures. Hands its exit status to `done`. */
export function mapsCommand(done: (exitStatus: number) => void): Command {
  const command = new Command("maps")
    .summary("show a photo's reflectance and illumination")
    .description("Splits photos into reflectance and illumination and writes both as PNG files.")
    .argument("<photos...>", "photo files");
  return addSchemaOptions(command, mapsOptions)
    .addHelpText("after", notes)
    .action(async (photos: string[], values: object) =>
      done(await writeMaps(photos, checkOptions(mapsOptions, values))),
    );
}

async function writeMaps(
  photos: readonly string[],
  { out, depth, maxMemory, maxMegapixels, device, ...given }: z.infer<typeof mapsOptions>,
): Promise<number> {
  const { method, models } = await locateMethod(given.method, given.models);
  if (!factsOfMethod(method).hasMaps) {
    const names = networkMethods.filter(({ hasMaps }) => hasMaps).map(({ name }) => name);
    throw new KindlingError(
      "invalid-option",
      `--method ${method}: it does not split photos; choose one of ${names.join(", ")}.`,
    );
  }
  return interruptible(async (signal) => {
    const enhancer = await openEnhancer({ method, device, models, maxMemoryBytes: maxMemory, signal });
    try {
      for (const path of photos) {
        const photo = await readPhoto(path, { maxMegapixels });
        const maps = (await enhancer.analyse(photo, { signal })).maps();
        for (const [name, picture] of Object.entries(maps)) {
          const file = join(out, `${parse(path).name}-${name}.png`);
          // The photo's profile says what its colours mean, not what these do.
          await writePhoto({ ...photo, metadata: {}, picture }, file, { depth: depth === "16" ? 16 : 8 });
          process.stdout.write(`${file}\n`);
        }
      }
      return 0;
    } finally {
      await enhancer.close();
    }
  });
}
