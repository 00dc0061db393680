import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application, type TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { root, sourceFolder } from "./places.ts";

/** A package of the repository, as far as its API goes. */
interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly exports?: Readonly<Record<string, { readonly types?: string }>>;
}

/** The folders of packages with an API, in the order of the site. */
const packages = [
  "apps/cli",
  "packages/node",
  "packages/browser",
  "packages/core",
  "packages/systems",
  "packages/lab",
  "packages/nets",
];

/**
 * Writes the pages of the API, made from the docstrings of every public entry.
 *
 * @throws {Error} where typedoc finds no symbols.
 */
export async function writeApiPages(): Promise<void> {
  const folder = join(sourceFolder, "../entries");
  mkdirSync(folder, { recursive: true });
  const entryPoints = packages.flatMap((place) => {
    const {
      name,
      description,
      exports = {},
    } = JSON.parse(readFileSync(join(root, place, "package.json"), "utf8")) as Manifest;
    const entries = Object.entries(exports).filter(([entry, { types }]) => types && !entry.includes("internal"));
    return entries.map(([entry, { types }]) => {
      const specifier = name + entry.slice(1);
      const file = join(folder, `${specifier.replace("@", "").replaceAll("/", "-")}.ts`);
      const declarations = join(root, place, types?.replace(/\.d\.ts$/, ".js") ?? "");
      writeFileSync(
        file,
        `/**\n * ${description}\n *\n * @module ${specifier}\n */\nexport * from ${JSON.stringify(declarations)};\n`,
      );
      return file;
    });
  });
  const tsconfig = join(folder, "tsconfig.json");
  const compilerOptions = {
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom"],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
  };
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files: entryPoints }));
  const options: TypeDocOptions & PluginOptions = {
    entryPoints,
    tsconfig,
    plugin: ["typedoc-plugin-markdown"],
    skipErrorChecking: true,
    disableSources: true,
    readme: "none",
    name: "API",
    logLevel: "Error",
    out: join(sourceFolder, "api"),
    entryFileName: "index",
    hidePageHeader: true,
    hideBreadcrumbs: false,
    expandObjects: false,
    parametersFormat: "table",
    useHTMLEncodedBrackets: true,
  };
  const app = await Application.bootstrapWithPlugins(options as TypeDocOptions);
  const project = await app.convert();
  if (!project?.children?.length) throw new Error("typedoc found no symbols: run npx tsc -b first.");
  await app.generateOutputs(project);
}
