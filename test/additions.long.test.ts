import { execFile } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { additions } from "./additions/additions.ts";
import { applyEdits, copyRepository } from "./additions/scratch-copy.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const contributing = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

/** A recipe of CONTRIBUTING.md: its count, and the files that each of its points begins with. */
function readRecipe(title: string): { readonly count: string; readonly files: string[] } {
  const section = contributing.split(/^### /m).find((text) => text.startsWith(`${title}: `));
  if (!section) throw new Error(`CONTRIBUTING.md has no recipe "${title}".`);
  const [heading = ""] = section.split("\n");
  const beginnings = [...section.matchAll(/^- (`[^`]+`(?:,\s+`[^`]+`)*)/gm)].map(([, names = ""]) => names);
  const files = beginnings.flatMap((names) => [...names.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file));
  return { count: heading.slice(title.length + 2), files };
}

const isTest = (path: string) => path.startsWith("test/");
/** Each language of the page is a file, so words touch all of them. */
const isWords = (path: string) => path.startsWith("apps/web/src/i18n/");

describe.each(additions)("$recipe", ({ recipe, name, of, edits }) => {
  const { count, files } = readRecipe(recipe);
  const named = files.map((file) => file.replace("<name>", name).replace(/<(system|family)>/, of ?? ""));

  test("touches exactly the files that its recipe names", () => {
    const inFolder = (path: string) => named.find((file) => file.endsWith("/") && path.startsWith(file));
    const touched = edits.map(({ path }) => inFolder(path) ?? path);
    expect([...new Set(touched)].sort()).toEqual(named.sort());
  });

  test("has the count that its recipe has, three files of sources at most", () => {
    const [tests, words] = [isTest, isWords].map((kind) => named.filter(kind).length) as [number, number];
    const sources = named.filter((path) => !isTest(path) && !isWords(path));
    const folder = sources.find((path) => path.endsWith("/"));
    expect(sources.length).toBeLessThanOrEqual(3);
    const further = [...(tests > 0 ? [`${tests} of tests`] : []), ...(words > 0 ? [`${words} of words`] : [])];
    expect(count).toBe([folder ? "1 folder + 1 line" : `${sources.length} files`, ...further].join(", "));
  });
});

test.each(additions)("$recipe changes files as they stand today", ({ edits }) => {
  for (const { path, change } of edits) {
    const text = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
    expect(change(text), path).not.toBe(text);
  }
});

test("a system adds one line to a file that exists", () => {
  const { edits } = additions.find(({ recipe }) => recipe === "A system")!;
  const changed = edits.filter(({ path }) => existsSync(join(root, path)));
  expect(changed).toHaveLength(1);
  const text = readFileSync(join(root, changed[0].path), "utf8");
  expect(changed[0].change(text).split("\n")).toHaveLength(text.split("\n").length + 1);
});

// A minute of processor time: part of `npm run test:long`.
describe.runIf(process.env["MODE"] === "long")("a copy of the repository with one addition of each kind", () => {
  let folder: string;

  /** Runs a program of the copy. @throws with all it printed, where it fails. */
  async function run(...words: readonly string[]): Promise<string> {
    try {
      const { FORCE_COLOR: _, ...env } = process.env;
      const options = { cwd: folder, env: { ...env, NO_COLOR: "1" }, maxBuffer: 2 ** 26 };
      return (await promisify(execFile)(process.execPath, words, options)).stdout;
    } catch (error) {
      const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
      throw new Error(`${words.join(" ")}\n${stdout}${stderr}`);
    }
  }

  beforeAll(async () => {
    folder = copyRepository();
    for (const { edits } of additions) applyEdits(folder, edits);
    await run("node_modules/typescript/bin/tsc", "-b");
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("has types that fit, in sources, tests and scripts", async () => {
    await run("node_modules/typescript/bin/tsc", "-p", "tsconfig.checked.json");
  }, 300_000);

  test("finds all of them by their names", async () => {
    // Run in the copy, so that its own packages are found.
    const found = JSON.parse(await run("--import", "tsx", "test/additions/list-found.ts"));
    expect(found).toEqual({
      system: true,
      trained: "sample-net",
      imported: true,
      systemLoss: { flat: 0.1 },
      terms: expect.arrayContaining(["flat", "total"]),
      sharedLoss: "function",
      metric: { name: "rmse", value: expect.closeTo(51, 3) },
      operator: "Softplus",
      classicalMethod: "root",
    });
    const kindling = (...words: readonly string[]) => run("apps/cli/bin/kindling.js", ...words);
    expect(await kindling("--help")).toContain("print how many photos there are");
    expect(await kindling("count", "a.jpg", "b.jpg")).toBe("2 photos\n");
    expect(await kindling("methods")).toMatch(/^root /m);
    expect((await kindling("train", "--help")).replace(/\s+/g, " ")).toContain("sample-net --pairs");
    expect((await kindling("import", "--help")).replace(/\s+/g, " ")).toContain(", sample-net");
  }, 300_000);

  test("passes the tests that each kind is held to, without a line more in them", async () => {
    const files = [
      "packages/core/src/classical/registry.test.ts",
      "packages/systems/src/conformance.test.ts",
      "test/autodiff/operations.test.ts",
      "test/autodiff/losses.test.ts",
      "test/architecture.test.ts",
    ];
    const names = "root|by its name|sample-net|Softplus|registry of operations|charbonnier|every|imports|rooms|circle";
    const printed = await run("node_modules/vitest/vitest.mjs", "run", "--reporter=verbose", "-t", names, ...files);
    const passed = printed.split("\n").filter((line) => line.includes("✓"));
    for (const name of ["root", "sample-net", "Softplus", "charbonnier"]) {
      expect(passed.filter((line) => line.includes(` > ${name}`)).length, name).toBeGreaterThan(0);
    }
  }, 600_000);
});
