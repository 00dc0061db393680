import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type PageScripts, pageScriptNames } from "@kindling/lab/internal";

const require = createRequire(import.meta.url);

/**
 * Reads the built scripts of report pages.
 *
 * @example
 * const scripts = await readPageScripts();
 * const setting = { renderReport: async (report: TrainingReport) => trainingPage({ ...report, version }, scripts) };
 */
export async function readPageScripts(): Promise<PageScripts> {
  const texts = pageScriptNames.map(
    async (name) => [name, await readFile(require.resolve(`@kindling/lab/browser/${name}.js`), "utf8")] as const,
  );
  return Object.fromEntries(await Promise.all(texts)) as PageScripts;
}
