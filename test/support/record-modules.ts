import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runKindling, scratchFolder } from "./run-kindling.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs the real command and lists what its main thread loads: the modules of this repository and the packages of others,
 * those within files of the bundle, too, and how many files in all.
 */
export async function recordModules(words: readonly string[]) {
  const list = join(scratchFolder(), "modules.txt");
  const asModule = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const hook = asModule(`
    import { appendFileSync } from "node:fs";
    export function load(url, context, next) {
      appendFileSync(${JSON.stringify(list)}, url + "\\n");
      return next(url, context);
    }`);
  // Hooks do not see what is loaded by `require`.
  const registration = asModule(`
    import { appendFileSync } from "node:fs";
    import Module, { register } from "node:module";
    import { pathToFileURL } from "node:url";
    register(${JSON.stringify(hook)});
    process.on("exit", () => {
      const files = Object.keys(Module._cache).filter((file) => !file.endsWith(".json"));
      for (const file of files) appendFileSync(${JSON.stringify(list)}, pathToFileURL(file) + "\\n");
    });`);
  const ended = await runKindling(words, ["env", `NODE_OPTIONS=--import ${registration}`]);
  const urls = existsSync(list) ? readFileSync(list, "utf8").trimEnd().split("\n") : [];
  const within = urls.flatMap(sourcesOf);
  const own = within.filter((url) => url.startsWith(pathToFileURL(root).href) && !url.includes("/node_modules/"));
  const packages = within.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return {
    ...ended,
    modules: [...new Set(own.map((url) => relative(root, fileURLToPath(url))))],
    packages: [...new Set(packages)],
    locales: within.filter((url) => url.includes("/zod/v4/locales/")).length,
    isBundled: urls.some((url) => url.includes("/apps/cli/bundle/")),
    count: new Set(urls).size,
  };
}

/** The modules that a file of the bundle is made of, by its source map (a file of the bundler has none); another file itself. */
function sourcesOf(url: string): string[] {
  if (!url.includes("/apps/cli/bundle/")) return [url];
  const map = fileURLToPath(`${url}.map`);
  if (!existsSync(map)) return [];
  const { sources } = JSON.parse(readFileSync(map, "utf8")) as { readonly sources: readonly string[] };
  return sources.map((source) => new URL(source, url).href);
}
