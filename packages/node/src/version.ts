import { createRequire } from "node:module";
import { z } from "zod";

/** Version of Kindling; all its packages have the same. */
export const { version } = z.object({ version: z.string() }).parse(createRequire(import.meta.url)("../package.json"));
