import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { doors, hiddenTypesOf, publicSymbols } from "./support/doors.ts";
import { importsOfCode } from "./support/example-code.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Types that public signatures name and users only hand on: what they hold is the business of Kindling's own packages,
 * such as the node of a graph or the file that a batch has staged.
 */
const opaqueTypes: readonly string[] = ["Node", "OpenMethod", "OpenModel", "Source", "StagedFile", "Term"];

/** The command's package is the door of `@kindling/node` under a shorter name. */
const namesOf = (specifier: string) => doors.get(specifier === "kindling" ? "@kindling/node" : specifier);

const isKindling = (specifier: string) => /^(@kindling\/|kindling$)/.test(specifier);

test("users can name every type of a public signature", () => {
  const hidden = publicSymbols
    .map((symbol) => ({ symbol, types: hiddenTypesOf(symbol).filter((type) => !opaqueTypes.includes(type)) }))
    .filter(({ types }) => types.length > 0);
  expect(hidden.map(({ symbol: { door, name }, types }) => `${door}: ${name} names ${types.join(", ")}`)).toEqual([]);
});

test("every opaque type is still one", () => {
  const hidden = new Set(publicSymbols.flatMap(hiddenTypesOf));
  expect(opaqueTypes.filter((type) => !hidden.has(type))).toEqual([]);
});

/** Code that users read and copy: the examples, and what stands between code fences in Markdown. */
const shownCode = [
  ...filesIn("examples", ".ts").filter(({ file }) => !file.endsWith(".test.ts")),
  ...[".", "docs", "examples", "models", ...foldersIn("packages"), ...foldersIn("apps")]
    .flatMap((folder) => filesIn(folder, ".md"))
    .map(({ file, text }) => ({ file, text: codeBlocksOf(text).join("\n") })),
].filter(({ text }) => text.trim() !== "");

test("examples and READMEs import doors only, and only what these export", () => {
  const imported = shownCode.flatMap(({ file, text }) =>
    importsOfCode(text)
      .filter(({ specifier }) => isKindling(specifier))
      .map((found) => ({ file, ...found })),
  );
  expect(imported.length).toBeGreaterThan(10);
  const wrong = imported.flatMap(({ file, specifier, names }) => {
    const exported = namesOf(specifier);
    if (!exported) return [`${file}: ${specifier} is no door`];
    return names.filter((name) => !exported.has(name)).map((name) => `${file}: ${specifier} exports no ${name}`);
  });
  expect(wrong).toEqual([]);
});

function foldersIn(folder: string): string[] {
  return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
}

function filesIn(folder: string, ending: string): { file: string; text: string }[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ file: join(folder, name), text: readFileSync(join(root, folder, name), "utf8") }));
}

function codeBlocksOf(markdown: string): string[] {
  return [...markdown.matchAll(/^```(?:ts|js)\n(.*?)^```/gms)].map(([, code]) => code);
}
