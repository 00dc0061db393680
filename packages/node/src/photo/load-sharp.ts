import { createRequire } from "node:module";
import { KindlingError } from "@kindling/core";
import type sharp from "sharp";

const require = createRequire(import.meta.url);

/**
 * Loads sharp, and with it 16 MB of libvips, with the first photo: a help text and a refused option need neither. By `require`:
 * for an `import` Node searches every CommonJS file among its modules for the names that it exports, and V8 compiles that search
 * twice, which takes two to three times the processor time (200 to 290 ms in place of 95).
 *
 * @throws {KindlingError} `unsupported` where it cannot be loaded.
 */
export async function loadSharp(): Promise<typeof sharp> {
  try {
    return require("sharp");
  } catch (cause) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").trim().slice(0, 400);
    throw new KindlingError(
      "unsupported",
      `Photos need the package sharp, which cannot be loaded here: ${reason}. Install it again (npm install), or allow more open files (ulimit -n 4096).`,
      { cause },
    );
  }
}
