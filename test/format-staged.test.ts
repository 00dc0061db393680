import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
let folder: string;

function git(...words: readonly string[]): string {
  const { GIT_DIR: _, GIT_INDEX_FILE: __, GIT_WORK_TREE: ___, ...env } = process.env;
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
  return String(execFileSync("git", [...who, ...words], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] }));
}
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const committed = (file: string) => git("show", `HEAD:${file}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kindling-hook-"));
  git("init", "-q");
  git("config", "core.hooksPath", ".githooks");
  for (const file of [".githooks", "scripts/format-staged.ts", "biome.json"]) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  write(".gitignore", "node_modules\n");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a commit formats what is staged and nothing else, and is never stopped", () => {
  write("staged file.ts", "export   const a = 1\n");
  write("in-part.ts", "export   const b = 1\n");
  write("broken.ts", "export const = \n");
  write("picture.bin", "\0");
  git("add", "-A");
  write("in-part.ts", "export   const b = 2\n");
  write("other.ts", "export   const c = 1\n");
  git("commit", "-qm", "first");

  expect(committed("staged file.ts")).toBe("export const a = 1;\n");
  expect(readFileSync(join(folder, "staged file.ts"), "utf8")).toBe("export const a = 1;\n");
  expect(committed("in-part.ts")).toBe("export   const b = 1\n");
  expect(committed("broken.ts")).toBe("export const = \n");
  expect(git("status", "--porcelain")).toBe(" M in-part.ts\n?? other.ts\n");
});

test("a commit by path leaves nothing staged behind", () => {
  write("staged file.ts", "export   const a = 2\n");
  git("commit", "-qm", "second", "--", "staged file.ts");
  expect(git("diff", "--cached", "--name-only")).toBe("");
  expect(committed("staged file.ts")).toBe("export   const a = 2\n");
});
