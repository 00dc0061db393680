import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Project } from "ts-morph";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The rooms of the house and what each may import of the others: only down. */
const floors: Readonly<Record<string, readonly string[]>> = {
  "packages/core": [],
  "packages/nets": ["@kindling/core"],
  "packages/node": ["@kindling/core", "@kindling/nets", "@kindling/lab"],
  "packages/lab": ["@kindling/core", "@kindling/nets"],
  "packages/browser": ["@kindling/core", "@kindling/nets"],
  "apps/web": ["@kindling/browser"],
  "apps/cli": ["@kindling/node", "@kindling/node/lab", "@kindling/lab", "@kindling/nets"],
};

/** Entries of packages beside their main ones. */
const sideEntries = ["@kindling/node/lab"];

/** Rooms that run in Node and browsers alike. */
const portableRooms = ["packages/core", "packages/nets", "packages/lab"];

interface Import {
  readonly file: string;
  readonly of: string;
}

const project = new Project({ skipAddingFilesFromTsConfig: true });
const sources = project.addSourceFilesAtPaths([
  join(root, "{packages,apps}/*/src/**/*.{ts,tsx}"),
  `!${join(root, "**/*.test.ts")}`,
]);

function importsOf(room: string): Import[] {
  return sources
    .filter((source) => source.getFilePath().startsWith(join(root, room, "src")))
    .flatMap((source) => {
      const file = relative(root, source.getFilePath());
      return [...source.getImportDeclarations(), ...source.getExportDeclarations()].flatMap((declaration) => {
        const of = declaration.getModuleSpecifierValue();
        return of === undefined ? [] : [{ file, of }];
      });
    });
}

function isRoom(specifier: string): boolean {
  return specifier === "kindling" || specifier.startsWith("@kindling/");
}

describe.each(Object.keys(floors))("%s", (room) => {
  const imports = importsOf(room);
  const manifest = JSON.parse(readFileSync(join(root, room, "package.json"), "utf8"));

  test("has sources to check", () => {
    expect(sources.some((source) => source.getFilePath().startsWith(join(root, room, "src")))).toBe(true);
  });

  test("imports only rooms below it", () => {
    expect(imports.filter(({ of }) => isRoom(of) && !floors[room]?.includes(of))).toEqual([]);
  });

  test("never reaches into another room past its entry", () => {
    const escapes = imports.filter(({ file, of }) => {
      if (!of.startsWith(".")) return /^@kindling\/[^/]+\//.test(of) && !sideEntries.includes(of);
      return relative(join(root, room, "src"), join(root, file, "..", of)).startsWith("..");
    });
    expect(escapes).toEqual([]);
  });

  test("declares every package it imports", () => {
    const declared = Object.keys(manifest.dependencies ?? {});
    const undeclared = imports.filter(({ of }) => {
      if (of.startsWith(".") || of.startsWith("node:") || builtinModules.includes(of)) return false;
      return !declared.some((name) => of === name || of.startsWith(`${name}/`));
    });
    expect(undeclared).toEqual([]);
  });

  test("keeps its files under 300 lines", () => {
    const long = sources.filter(
      (source) => source.getFilePath().startsWith(join(root, room, "src")) && source.getEndLineNumber() > 300,
    );
    expect(long.map((source) => relative(root, source.getFilePath()))).toEqual([]);
  });
});

test.each(portableRooms)("%s uses no Node module", (room) => {
  expect(importsOf(room).filter(({ of }) => of.startsWith("node:") || builtinModules.includes(of))).toEqual([]);
});

test("packages/node reaches the laboratory from its own entry alone", () => {
  const light = importsOf("packages/node").filter(({ file }) => !file.startsWith("packages/node/src/lab/"));
  expect(light.filter(({ of }) => of === "@kindling/lab" || /^\.{1,2}\/lab\//.test(of))).toEqual([]);
});

test("core depends on nothing", () => {
  const manifest = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
  expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
});
