import { createRequire } from "node:module";
import { dirname } from "node:path";

/** The folder of this package. It is found by name, because this module is also part of the bundle of `kindling`. */
export const serverFolder = dirname(dirname(createRequire(import.meta.url).resolve("@kindling/server")));
