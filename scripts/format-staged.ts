// Formats the staged files and stages the result; the hook before a commit. A file that is staged in part stays as it is.
import { execFileSync, spawnSync } from "node:child_process";
import { basename } from "node:path";

const biome = "node_modules/@biomejs/biome/bin/biome";
const options = ["--linter-enabled=false", "--files-ignore-unknown=true", "--no-errors-on-unmatched"];

function listFiles(...words: readonly string[]): string[] {
  return execFileSync("git", ["diff", "--name-only", "-z", ...words], { encoding: "utf8" })
    .split("\0")
    .filter((file) => file !== "");
}

/** `git commit <path>` commits from an index of its own: what a hook stages there is missing from the real one. */
const isOfPaths = basename(process.env["GIT_INDEX_FILE"] ?? "").startsWith("next-index");

const staged = isOfPaths ? [] : listFiles("--cached", "--diff-filter=ACMR");
const changedSince = new Set(listFiles());
const whole = staged.filter((file) => !changedSince.has(file));
const inPart = staged.filter((file) => changedSince.has(file));
if (isOfPaths || inPart.length > 0) {
  const names = isOfPaths ? "files committed by path" : `staged in part: ${inPart.join(", ")}`;
  console.error(`Not formatted (${names}). Run "npm run format" before the next commit.`);
}
if (whole.length > 0) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [biome, "check", "--write", ...options, ...whole], {
    encoding: "utf8",
  });
  if (status !== 0) console.error(`${stdout}${stderr}`);
  const formatted = listFiles("--", ...whole);
  if (formatted.length > 0) execFileSync("git", ["add", "--", ...formatted]);
}
