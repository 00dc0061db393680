import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Whether a folder is no part of the project: installed, built, or written by the commands of the README. */
const isMade = (name: string) => /^(\.git|node_modules|dist|standalone|enhanced|out|runs?)$/.test(name);

/** Every file of the project below a folder, by its path from the root. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !isMade(entry.name) ? filesBelow(path) : [];
  });
}

const files = filesBelow("");
const folders = readdirSync(root).filter((name) => !isMade(name) && statSync(join(root, name)).isDirectory());
// Cards of models record the commands that made them, which may have had other names.
const pages = files.filter((file) => file.endsWith(".md") && !/^models\/.+\//.test(file));
const readJson = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));

/** The scripts of the workspace's packages, by the package's name; those of the root by an empty name. */
const scriptsOf = new Map<string, readonly string[]>(
  files
    .filter((file) => /(^|\/)package\.json$/.test(file))
    .map((file) => [file === "package.json" ? "" : readJson(file).name, Object.keys(readJson(file).scripts ?? {})]),
);

/** Source files named in backticks that are in no folder of the project. */
function missingSources(text: string): string[] {
  const named = [...text.matchAll(/`([\w@.+/-]+\.(?:ts|tsx|mts|py))`/g)].map(([, path]) => path);
  return named.filter((path) => !files.some((file) => file === path || file.endsWith(`/${path}`)));
}

/** Paths in backticks that begin with a folder of the project and name nothing in it; builds may be missing. */
function missingPaths(text: string): string[] {
  const named = [...text.matchAll(/`((?:\.\/)?[\w@.-]+\/[\w@.+/-]*)`/g)].map(([, path]) => path.replace(/^\.\//, ""));
  return named.filter(
    (path) => folders.includes(path.split("/", 1)[0]) && !path.includes("/dist") && !existsSync(join(root, path)),
  );
}

/** Targets of links and pictures that are not there. */
function missingLinks(text: string, page: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target)));
}

/** Scripts of `npm run` that no package has. */
function missingScripts(text: string): string[] {
  return [...text.matchAll(/npm run ([\w:-]+)(?: -w (\S+?))?(?=[\s`]|$)/gm)]
    .filter(([, script, workspace = ""]) => !scriptsOf.get(workspace)?.includes(script))
    .map(([, script]) => script);
}

describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");

  test("names only files that are there", () => {
    expect([...missingSources(text), ...missingPaths(text), ...missingLinks(text, page)]).toEqual([]);
  });

  test("names only scripts of npm that are there", () => {
    expect(missingScripts(text)).toEqual([]);
  });
});

test("references to what is not there are found", () => {
  expect(missingSources("`train.ts`, `training/train.ts`, `core/image/picture.ts`")).toEqual(["core/image/picture.ts"]);
  expect(missingPaths("`docs/`, `docs/none`, `run/report.html`")).toEqual(["docs/none"]);
  expect(missingLinks("[a](EMBER.md) [b](NONE.md#c) [c](https://example.org)", "docs/SYNTH.md")).toEqual(["NONE.md"]);
  expect(missingScripts("`npm run build`, `npm run build -w @kindling/web`, npm run none")).toEqual(["none"]);
});

test("docs/ARCHITECTURE.md gives a reason for every dependency of every package, once", () => {
  const section = readFileSync(join(root, "docs/ARCHITECTURE.md"), "utf8").split("## Dependencies")[1];
  const listed = [...section.matchAll(/^\| (`.+?`) +\| (\S+) +\|/gm)].flatMap(([, names, place]) =>
    [...names.matchAll(/`(\S+?)`/g)].map(([, name]) => `${place}: ${name}`),
  );
  const packages = files.filter((file) => /^(packages|apps)\/\w+\/package\.json$/.test(file));
  const declared = packages.flatMap((file) => {
    const { dependencies, optionalDependencies, devDependencies } = readJson(file);
    // The command needs again what other packages do, for its bundle; its own are in there.
    const own = file === "apps/cli/package.json" ? devDependencies : { ...dependencies, ...optionalDependencies };
    return Object.keys(own ?? {})
      .filter((name) => !name.startsWith("@kindling/"))
      .map((name) => `${file.split("/")[1]}: ${name}`);
  });
  expect(listed.toSorted()).toEqual(declared.toSorted());
});
