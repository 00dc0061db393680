// Bundles the command into apps/cli/bundle, from what tsc has built: a start then reads some twenty files instead of 400.
// Other people's packages among kindling's dependencies are loaded from where they are installed; what else its modules
// import goes into the bundle, with its licence. npm run build
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Plugin, rolldown } from "rolldown";

const command = fileURLToPath(new URL("../apps/cli", import.meta.url));
const folder = join(command, "bundle");
const noticesFile = "THIRD-PARTY-LICENSES.txt";

const { dependencies, optionalDependencies } = readJson(join(command, "package.json"));
const outside = Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !/^@kindling\//.test(name));

/** Makes entries of what is not named in an `import`: where it lies from the module that loads it, it lies in the bundle. */
const entries: Plugin = {
  name: "entries",
  transform(code, id) {
    if (id.includes("node_modules")) return;
    if (/new URL\("\.\.\//.test(code)) throw new Error(`${id}: only files beside a module are beside it in a bundle.`);
    const emit = (fileName: string) => this.emitFile({ type: "chunk", id: join(dirname(id), fileName), fileName });
    // Files that threads and processes start from.
    for (const [, file = ""] of code.matchAll(/new URL\("\.\/([\w-]+\.js)", import\.meta\.url\)/g)) emit(file);
    // Systems, each in its folder.
    for (const [, file = ""] of code.matchAll(/`\.\/\$\{\w+\}\/([\w-]+)\.ts`/g)) {
      for (const name of readdirSync(dirname(id))) {
        if (existsSync(join(dirname(id), name, `${file}.js`))) emit(`${name}/${file}.js`);
      }
    }
  },
};

const bundle = await rolldown({
  input: ["main", "describe-failure"].map((name) => join(command, "dist", `${name}.js`)),
  platform: "node",
  external: outside.map((name) => new RegExp(`^${name}(/|$)`)),
  plugins: [entries],
});
const { output } = await bundle.write({
  dir: folder,
  // Without folders for chunks: modules find `../package.json` and the files of their workers as in their packages.
  entryFileNames: "[name].js",
  chunkFileNames: "[name].js",
  // A command that runs while the bundle is made again may load new parts: they call things by the names they had.
  minifyInternalExports: false,
  sourcemap: true,
  sourcemapExcludeSources: true,
  // What enhances photos in one file: nearly every command needs it. The laboratory stays outside of it.
  codeSplitting: { groups: [{ name: "photos", test: /packages\/node\/dist\/(index|internal)\.js$/ }] },
});
await bundle.close();

writeFileSync(
  join(folder, noticesFile),
  describeLicences(output.flatMap((file) => ("moduleIds" in file ? file.moduleIds : []))),
);
const written = new Set([noticesFile, ...output.map(({ fileName }) => fileName)]);
// Only now, and not before: commands that run meanwhile load their parts when they need them.
for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (/\.(js|map)$/.test(file) && !written.has(file.replaceAll("\\", "/"))) rmSync(join(folder, file));
}

/** The licences of other people's packages, of which modules are in the bundle. */
function describeLicences(modules: readonly string[]): string {
  const folders = modules.flatMap((id) => /^.*[\\/]node_modules[\\/](@[^\\/]+[\\/])?[^\\/]+/.exec(id)?.[0] ?? []);
  const texts = [...new Set(folders)].map((at) => {
    const { name, version, license } = readJson(join(at, "package.json"));
    const file = readdirSync(at).find((file) => /^licen[cs]e/i.test(file));
    if (file === undefined)
      throw new Error(
        `${name} has no file with its licence: it must stay outside, among the dependencies of kindling.`,
      );
    return `${name} ${version} (${license})\n\n${readFileSync(join(at, file), "utf8").trim()}\n`;
  });
  return ["Parts of these packages are in this folder.\n", ...texts.toSorted()].join(`\n${"-".repeat(80)}\n\n`);
}

function readJson(path: string) {
  return JSON.parse(readFileSync(path, "utf8"));
}
