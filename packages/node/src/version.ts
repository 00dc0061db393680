import { createRequire } from "node:module";
import { z } from "zod";

const manifest = z.object({ version: z.string() }).parse(createRequire(import.meta.url)("../package.json"));

/** Version of Kindling; all its packages have the same. */
export const version: string = manifest.version;
