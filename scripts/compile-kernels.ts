// Compiles the AssemblyScript of packages/systems/kernels into modules of TypeScript that hold WebAssembly as text, so that
// Node, bundlers and pages need no loader for it. What is newer than its source stays as it is. npm run compile
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const kernels = [
  ["packages/systems/kernels/ember-rows.ts", "packages/systems/src/ember/ember-rows.generated.ts"],
] as const;

const script = fileURLToPath(import.meta.url);
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
for (const [source, target] of kernels) {
  if (!isCurrent(target, [source, script])) writeFileSync(target, describeModule(source, await compile(source)));
}

async function compile(source: string): Promise<Uint8Array> {
  let module: Uint8Array | undefined;
  const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--outFile", "kernel.wasm"];
  const { error, stderr } = await asc.main([source, ...options], {
    readFile: (name) => (existsSync(name) ? readFileSync(name, "utf8") : null),
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) module = contents;
    },
    listFiles: () => [],
  });
  if (error || !module) throw new Error(`${source}: ${error?.message}\n${stderr.toString()}`);
  return module;
}

function describeModule(source: string, module: Uint8Array): string {
  return `// Compiled from ${source} by scripts/compile-kernels.ts: npm run compile

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
