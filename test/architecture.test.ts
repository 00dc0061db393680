import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findCircles, type Import, imports, sources } from "./support/imports.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Floors {
  /** Entries of packages below it that it may import, with the `/internal` of each; nothing else of them. */
  readonly packages: readonly string[];
  /** Folders and files of its `src` from the ground up: each imports only itself and those before it. */
  readonly rooms: readonly string[];
}

/** One folder a system; `packages/systems/src/systems.test.ts` holds them to the list of systems. */
const systemFolders = readdirSync(join(root, "packages/systems/src"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Every package with its floors. To add a room, put its name where all it imports stands before it. */
const house: Readonly<Record<string, Floors>> = {
  "packages/core": {
    packages: [],
    rooms: [
      "platform.d.ts",
      "printable-text.ts",
      "errors.ts",
      "flow",
      "metadata",
      "image",
      "colour",
      "formats",
      "runtime",
      "tiling",
      "settings",
      "classical",
      "temporal",
      "fusion",
      "metrics",
      "enhance",
      "index.ts",
      "internal.ts",
    ],
  },
  "packages/nets": {
    packages: ["@kindling/core"],
    rooms: [
      "platform.d.ts",
      "graph",
      "checkpoints",
      "onnx",
      "inference",
      "inference.ts",
      "autodiff",
      "losses",
      "training",
      "index.ts",
      "internal.ts",
    ],
  },
  "packages/lab": {
    packages: ["@kindling/core", "@kindling/nets"],
    rooms: [
      "platform.d.ts",
      "csv-cells.ts",
      "csv-table.ts",
      "markdown-table.ts",
      "model-form.ts",
      "data",
      "synthesis",
      "evaluation",
      "pages",
      "light",
      "training",
      "system.ts",
      "models",
      "import-network.ts",
      "search",
      "index.ts",
      "internal.ts",
    ],
  },
  "packages/systems": {
    packages: ["@kindling/core", "@kindling/nets", "@kindling/lab"],
    rooms: [...systemFolders, "methods.ts", "inference.ts", "systems.ts", "index.ts"],
  },
  "packages/node": {
    packages: [
      "@kindling/core",
      "@kindling/nets",
      "@kindling/nets/inference",
      "@kindling/lab",
      "@kindling/systems/inference",
    ],
    rooms: [
      "version.ts",
      "memory.ts",
      "options",
      "photo",
      "video",
      "fusion",
      "models",
      "runtime",
      "enhance",
      "batch",
      "pool",
      "index.ts",
      "internal.ts",
      "lab",
    ],
  },
  "packages/browser": {
    packages: ["@kindling/core", "@kindling/nets/inference", "@kindling/systems/inference"],
    rooms: ["photo", "models", "runtime", "video", "worker", "open-enhancer.ts", "enhance-photo.ts", "index.ts"],
  },
  "apps/web": {
    packages: ["@kindling/browser"],
    rooms: ["fetched-later.ts", "service-worker.ts", "storage", "i18n", "state", "parts", "main.tsx"],
  },
  "apps/server": {
    packages: ["@kindling/node"],
    rooms: [
      "options",
      "problems",
      "work",
      "api",
      "metrics",
      "services.ts",
      "routes",
      "create-app.ts",
      "start-server.ts",
      "index.ts",
    ],
  },
  "apps/worker": {
    packages: ["@kindling/node"],
    rooms: ["redact-secrets.ts", "places", "queue", "submit", "work", "index.ts"],
  },
  "apps/cli": {
    packages: [
      "@kindling/server",
      "@kindling/node",
      "@kindling/node/lab",
      "@kindling/lab",
      "@kindling/nets",
      "@kindling/systems",
      "@kindling/worker",
    ],
    rooms: ["describe-failure.ts", "options", "report", "commands", "index.ts", "main.ts"],
  },
};

/**
 * Imports that still go up or close a circle, by the beginnings of both paths. Only for a move that is under way: a line
 * that is no longer needed fails.
 */
const temporaryExceptions: readonly { readonly from: string; readonly to: string; readonly reason: string }[] = [];

/** Packages that run in Node and browsers alike. */
const portablePackages = ["packages/core", "packages/nets", "packages/lab", "packages/systems"];

const isTest = (file: string) => file.endsWith(".test.ts");
const isIn = (folder: string) => (file: string) => file.startsWith(`${folder}/src/`);
const importsOf = (name: string) => imports.filter(({ file }) => isIn(name)(file) && !isTest(file));
const filesOf = (name: string) => sources.filter(({ file }) => isIn(name)(file) && !isTest(file));
const isExcepted = ({ file, to = "" }: Import) =>
  temporaryExceptions.some((exception) => file.startsWith(exception.from) && to.startsWith(exception.to));
const show = ({ file, of }: Import) => `${file} imports ${of}`;

/** The folder or file directly below a package's `src` that a path lies in. */
function roomOf(name: string, file: string): string {
  return file.slice(`${name}/src/`.length).split("/", 1).join();
}

/** Imports of a package that go to a room above their own. */
function upwardImports(name: string): Import[] {
  const floorOf = (file: string) => house[name].rooms.indexOf(roomOf(name, file));
  return importsOf(name).filter(({ file, to }) => to && isIn(name)(to) && floorOf(to) > floorOf(file));
}

function isKindling(specifier: string): boolean {
  return specifier === "kindling" || specifier.startsWith("@kindling/");
}

/** Whether a package may import a specifier: an entry that its floor lists, or the `/internal` of that entry's package. */
function mayImport(name: string, specifier: string): boolean {
  return house[name].packages.some((entry) => specifier === entry || specifier === `${entry}/internal`);
}

test("the house lists every package", () => {
  const folders = ["packages", "apps"].flatMap((floor) =>
    readdirSync(join(root, floor)).map((name) => `${floor}/${name}`),
  );
  expect(Object.keys(house).sort()).toEqual(folders.sort());
});

describe.each(Object.keys(house))("%s", (name) => {
  const ownImports = importsOf(name);
  const manifest = JSON.parse(readFileSync(join(root, name, "package.json"), "utf8"));

  test("imports only packages below it, by their entries", () => {
    const up = ownImports.filter(({ of }) => isKindling(of) && !mayImport(name, of));
    expect(up.map(show)).toEqual([]);
  });

  test("imports no file of another package", () => {
    const escapes = ownImports.filter(({ file, of }) => of.startsWith(".") && !isIn(name)(join(file, "..", of)));
    expect(escapes.map(show)).toEqual([]);
  });

  test("lists exactly the rooms it has", () => {
    const rooms = new Set(filesOf(name).map(({ file }) => roomOf(name, file)));
    expect([...house[name].rooms].sort()).toEqual([...rooms].sort());
  });

  test("imports only go down between its rooms", () => {
    expect(
      upwardImports(name)
        .filter((found) => !isExcepted(found))
        .map(show),
    ).toEqual([]);
  });

  test("declares every package it imports", () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest;
    // What the command is built with is in its bundle, so that nobody installs it.
    const bundled = name === "apps/cli" ? devDependencies : {};
    const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...bundled });
    const undeclared = ownImports.filter(({ of }) => {
      if (of.startsWith(".") || of.startsWith("node:") || builtinModules.includes(of)) return false;
      return !declared.some((dependency) => of === dependency || of.startsWith(`${dependency}/`));
    });
    expect(undeclared.map(show)).toEqual([]);
  });

  test("keeps its files under 300 lines", () => {
    const long = filesOf(name).filter(({ lines }) => lines > 300);
    expect(long.map(({ file }) => file)).toEqual([]);
  });
});

test("no import circle between files of the whole tree, types included", () => {
  expect(findCircles(imports.filter((found) => !isExcepted(found)))).toEqual([]);
});

test("a circle is found, and what only leads into it is not part of it", () => {
  const arrow = (file: string, to: string) => ({ file, of: to, to });
  const arrows = [arrow("a", "b"), arrow("b", "c"), arrow("c", "b"), arrow("c", "d"), arrow("e", "e")];
  expect(findCircles(arrows)).toEqual([["b", "c"], ["e"]]);
});

test("every temporary exception is still needed", () => {
  const circles = findCircles(imports).map((files) => new Set(files));
  const closing = imports.filter(({ file, to }) => circles.some((files) => files.has(file) && to && files.has(to)));
  const wrong = [...Object.keys(house).flatMap(upwardImports), ...closing];
  const idle = temporaryExceptions.filter(
    ({ from, to }) => !wrong.some((found) => found.file.startsWith(from) && found.to?.startsWith(to)),
  );
  expect(idle).toEqual([]);
});

test.each(portablePackages)("%s uses no Node module", (name) => {
  const ofNode = importsOf(name).filter(({ of }) => of.startsWith("node:") || builtinModules.includes(of));
  expect(ofNode.map(show)).toEqual([]);
});

test("packages/node reaches the laboratory from its own entry alone", () => {
  const light = importsOf("packages/node").filter(({ file }) => !file.startsWith("packages/node/src/lab/"));
  expect(light.filter(({ of }) => /^@kindling\/lab($|\/)/.test(of) || /^\.{1,2}\/lab\//.test(of))).toEqual([]);
});

test("no system imports another", () => {
  const across = importsOf("packages/systems").filter(({ file, to }) => {
    const [from, into] = [file, to ?? file].map((path) => roomOf("packages/systems", path));
    return systemFolders.includes(from) && systemFolders.includes(into) && from !== into;
  });
  expect(across.map(show)).toEqual([]);
});

test("core depends on nothing", () => {
  const manifest = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
  expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
});
