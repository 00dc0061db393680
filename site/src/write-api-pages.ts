import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application, type TypeDocOptions } from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import { readWorkspaces } from "../../scripts/workspaces.ts";
import { write } from "./collect-pages.ts";
import { root, sourceFolder } from "./places.ts";

/**
 * Writes the pages of the API, made from the docstrings of every public entry.
 *
 * @throws {Error} where typedoc finds no symbols.
 */
export async function writeApiPages(): Promise<void> {
  const folder = join(sourceFolder, "../entries");
  mkdirSync(folder, { recursive: true });
  const entries = findEntries();
  const entryPoints = entries.map(({ specifier, description, declarations }) => {
    const file = join(folder, `${specifier.replace("@", "").replaceAll("/", "-")}.ts`);
    writeFileSync(
      file,
      `/**\n * ${description}\n *\n * @module ${specifier}\n */\nexport * from ${JSON.stringify(declarations)};\n`,
    );
    return file;
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
  const rows = entries.map(
    ({ specifier, description }) => `| [${specifier}](./${specifier}/index.md) | ${description} |`,
  );
  const head = "# API\n\nWritten from the docstrings of everything that the packages export to users.";
  write("api/index.md", `${head}\n\n| import from | what it is |\n| --- | --- |\n${rows.join("\n")}\n`);
}

/** The entries of all published packages that have types, but for those that only Kindling's own packages share. */
function findEntries() {
  return readWorkspaces(root)
    .filter(({ manifest }) => !manifest.private)
    .flatMap(({ folder, manifest: { name, description = "", exports = {} } }) =>
      Object.entries(exports).flatMap(([entry, target]) => {
        const types = (target as { readonly types?: string }).types;
        if (types === undefined || entry.includes("internal")) return [];
        const declarations = join(root, folder, types.replace(/\.d\.ts$/, ".js"));
        return [{ specifier: name + entry.slice(1), description, declarations }];
      }),
    )
    .sort((a, b) => a.specifier.localeCompare(b.specifier));
}
