// The checks for the minute between edits: format and lint of what changed, all types, the tests that import what changed.
// Usage: npm run check:fast [-- --since <commit>]; without it, everything since the last commit.
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

interface Outcome {
  readonly name: string;
  readonly isPassed: boolean;
  readonly output: string;
}

const programs = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  tsc: "node_modules/typescript/bin/tsc",
  vitest: "node_modules/vitest/vitest.mjs",
};

const { values } = parseArgs({ options: { since: { type: "string", default: "HEAD" } } });
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

function listFiles(...words: readonly string[]): string[] {
  return execFileSync("git", [...words, "-z"], { encoding: "utf8" })
    .split("\0")
    .filter(existsSync);
}

/** Runs one check and prints its name, result and time; what it printed is kept for the end. */
async function run(name: string, program: keyof typeof programs, words: readonly string[]): Promise<Outcome> {
  const start = performance.now();
  const child = spawn(process.execPath, [programs[program], ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
  });
  child.stderr.on("data", (text) => {
    output += text;
  });
  const status = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  console.log(`${status === 0 ? "passed" : "FAILED"}  ${name} (${seconds(start)})`);
  return { name, isPassed: status === 0, output };
}

async function checkTypesAndTests(): Promise<Outcome[]> {
  const built = await run("build and types of sources", "tsc", ["-b"]);
  // Tests run what is built, and their types come from there.
  if (!built.isPassed) return [built];
  const related = ["related", "--run", "--passWithNoTests", "--reporter=dot", "test/architecture.test.ts", ...code];
  return [
    built,
    ...(await Promise.all([
      run("types of tests and scripts", "tsc", ["-p", "tsconfig.checked.json"]),
      run("tests that import what changed, architecture", "vitest", related),
    ])),
  ];
}

const start = performance.now();
const changed = [
  ...new Set([
    ...listFiles("diff", "--name-only", "--relative", values.since),
    ...listFiles("ls-files", "--others", "--exclude-standard"),
  ]),
];
const code = changed.filter((file) => /\.[cm]?[jt]sx?$/.test(file));
console.log(`${changed.length} changed ${changed.length === 1 ? "file" : "files"} since ${values.since}.`);

const lint = ["check", "--error-on-warnings", "--files-ignore-unknown=true", "--no-errors-on-unmatched", ...changed];
const outcomes = (
  await Promise.all([
    changed.length > 0 ? run("format and lint of changed files", "biome", lint).then((outcome) => [outcome]) : [],
    checkTypesAndTests(),
  ])
).flat();

const failed = outcomes.filter(({ isPassed }) => !isPassed);
for (const { name, output } of failed) console.log(`\n--- ${name}\n${output.trim()}`);
const verdict = failed.length > 0 ? `Failed: ${failed.map(({ name }) => name).join("; ")}` : "All passed";
console.log(`\n${verdict} (${seconds(start)}). "npm run check" runs everything.`);
process.exitCode = failed.length > 0 ? 1 : 0;
