import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { readWorkspaces } from "../../scripts/workspaces.ts";
import type { Edit } from "./addition.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What is left out: what is large, and what no build or test of the additions needs. */
const skipped =
  /(^|\/)(node_modules|\.git|public|standalone|docs|photos|references|runs|out)$|^site\/dist$|\.(onnx|jpg|png|safetensors)$/;
const copied = ["packages", "apps", "models", "test", "scripts", "examples", "bench", "site"];

/**
 * Copies the sources and what is built of them to a new folder, with the packages of npm linked and those of the
 * repository its own.
 */
export function copyRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-additions-"));
  const files = readdirSync(root).filter((name) => /\.(json|ts)$/.test(name));
  for (const name of [...copied, ...files]) {
    const filter = (path: string) => !skipped.test(relative(root, path));
    // Times are kept, so that the build knows what is new.
    cpSync(join(root, name), join(folder, name), { recursive: true, preserveTimestamps: true, filter });
  }
  const own = new Map(readWorkspaces(root).map((workspace) => [workspace.manifest.name, workspace.folder]));
  const packages = join(folder, "node_modules");
  mkdirSync(join(packages, "@kindling"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name.startsWith(".") || name === "@kindling" || own.has(name)) continue;
    symlinkSync(join(root, "node_modules", name), join(packages, name));
  }
  for (const [name, at] of own) symlinkSync(join(folder, at), join(packages, name));
  // The site has packages of its own: typedoc needs another TypeScript.
  symlinkSync(join(root, "site/node_modules"), join(folder, "site/node_modules"));
  return folder;
}

/** Makes edits in a copy. Each path must be free for a new file, and there for a change. */
export function applyEdits(folder: string, edits: readonly Edit[]): void {
  for (const { path, change } of edits) {
    const file = join(folder, path);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, change(text));
  }
}
