import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type PageScripts, pageScriptNames } from "@kindling/lab/internal";

const require = createRequire(import.meta.url);

/**
 * Reads the built scripts of report pages.
 *
 * @example
 * import { type TrainingReport, trainingPage } from "@kindling/lab";
 * const scripts = await readPageScripts();
 * const renderReport = async (report: TrainingReport) => trainingPage({ ...report, version: "0.1.0" }, scripts);
 */
export async function readPageScripts(): Promise<PageScripts> {
  const texts = pageScriptNames.map(
    async (name) => [name, await readFile(require.resolve(`@kindling/lab/browser/${name}.js`), "utf8")] as const,
  );
  return Object.fromEntries(await Promise.all(texts)) as PageScripts;
}
