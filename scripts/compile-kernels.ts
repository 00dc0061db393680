// Compiles the AssemblyScript of packages/systems/kernels into modules of TypeScript that hold WebAssembly as text, so that
// Node, bundlers and pages need no loader for it. What is newer than its source stays as it is. npm run compile
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

/** Options of a module whose memory comes from outside: threads share it. Its most pages are `mostPages` of nets' memory.ts. */
const given = ["--importMemory", "--initialMemory", "1", "--maximumMemory", "16384"];
const shared = [...given, "--sharedMemory", "--enable", "threads"];
/** Has sums of products in one instruction, which not every place has that runs WebAssembly. */
const relaxed = ["--enable", "relaxed-simd"];

/** Folders of sources, the modules that are made of them, and their own options. */
const kernels = [
  ["packages/systems/kernels/ember", "packages/systems/src/ember/row-kernel.generated.ts", []],
  ["packages/nets/kernels/inference", "packages/nets/src/inference/plain.generated.ts", given],
  ["packages/nets/kernels/inference", "packages/nets/src/inference/relaxed.generated.ts", [...given, ...relaxed]],
  ["packages/nets/kernels/inference", "packages/nets/src/inference/shared.generated.ts", shared],
  [
    "packages/nets/kernels/inference",
    "packages/nets/src/inference/relaxed-shared.generated.ts",
    [...shared, ...relaxed],
  ],
] as const;

const script = fileURLToPath(import.meta.url);
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
for (const [folder, target, own] of kernels) {
  const sources = readdirSync(folder).map((name) => `${folder}/${name}`);
  if (!isCurrent(target, [script, ...sources]))
    writeFileSync(target, describeModule(folder, await compile(folder, own)));
}

async function compile(folder: string, own: readonly string[]): Promise<Uint8Array> {
  let module: Uint8Array | undefined;
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", ...own, "--outFile", "kernel.wasm"];
  const { error, stderr } = await asc.main([`${folder}/index.ts`, ...options], {
    readFile: (name) => (existsSync(name) ? readFileSync(name, "utf8") : null),
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) module = contents;
    },
    listFiles: () => [],
  });
  if (error || !module) throw new Error(`${folder}: ${error?.message}\n${stderr.toString()}`);
  return module;
}

function describeModule(folder: string, module: Uint8Array): string {
  return `// Compiled from ${folder} by scripts/compile-kernels.ts: npm run compile

/** A module of WebAssembly, as base64. */
export const wasm =
  "${Buffer.from(module).toString("base64")}";
`;
}

/** Whether a file is newer than all that it is made from. */
function isCurrent(target: string, sources: readonly string[]): boolean {
  const timeOf = (file: string) => statSync(file).mtimeMs;
  return existsSync(target) && sources.every((source) => timeOf(source) < timeOf(target));
}
