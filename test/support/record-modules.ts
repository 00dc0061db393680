import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runKindling, scratchFolder } from "./run-kindling.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs the real command and lists what its main thread loads: the modules of this repository, the packages of others, and
 * how many ES modules in all.
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
  const registration = asModule(`import { register } from "node:module"; register(${JSON.stringify(hook)});`);
  const ended = await runKindling(words, ["env", `NODE_OPTIONS=--import ${registration}`]);
  const urls = existsSync(list) ? readFileSync(list, "utf8").trimEnd().split("\n") : [];
  const own = urls.filter((url) => url.startsWith(pathToFileURL(root).href) && !url.includes("/node_modules/"));
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return {
    ...ended,
    modules: [...new Set(own.map((url) => relative(root, fileURLToPath(url))))],
    packages: [...new Set(packages)],
    count: new Set(urls).size,
  };
}
