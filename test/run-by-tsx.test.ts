import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "./support/dark-photo.ts";
import { scratchFolder } from "./support/run-kindling.ts";

const fromRoot = (path: string) => pathToFileURL(fileURLToPath(new URL(`../${path}`, import.meta.url))).href;

test("a program that runs by a loader finds the networks on its worker threads, too", async () => {
  const folder = scratchFolder();
  await writeDarkPhoto(join(folder, "dark.jpg"), { width: 64, height: 48 });
  const program = join(folder, "enhance.mts");
  writeFileSync(
    program,
    `import { enhanceFiles } from ${JSON.stringify(fromRoot("packages/node/dist/index.js"))};
const none = () => undefined;
const fail = (input, code, message) => console.log(message);
const reporter = { start: none, progress: none, finish: none, end: none, fail };
const { signal } = new AbortController();
const { finished } = await enhanceFiles(["dark.jpg"], { out: "lit", method: "ember", reporter, signal });
console.log(finished);
`,
  );
  const words = ["--import", fromRoot("node_modules/tsx/dist/loader.mjs"), program];
  expect(execFileSync(process.execPath, words, { cwd: folder, encoding: "utf8" })).toBe("1\n");
  expect(existsSync(join(folder, "lit/dark.jpg"))).toBe(true);
});
