import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Writes a page of the documentation, formatted as `npm run lint` expects. */
export function writePage(file: string, markdown: string): void {
  const words = ["node_modules/@biomejs/biome/bin/biome", "format", "--stdin-file-path=page.md"];
  writeFileSync(file, execFileSync(process.execPath, words, { cwd: root, input: markdown }));
}
