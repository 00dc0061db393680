// Releases all packages under one version: checks, packs, dates the changelog, commits and tags. Publishing is done by hand.
// Usage: npm run release -- <patch|minor|version> [--dry-run]   a dry run without a version tries the next minor one
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { KindlingError } from "@kindling/core";
import { dateChangelog } from "./release/date-changelog.ts";
import { nextVersion } from "./release/next-version.ts";
import { currentVersion, setVersion } from "./release/set-version.ts";
import { readWorkspaces } from "./workspaces.ts";

const changelog = "CHANGELOG.md";
const lockFile = "package-lock.json";
const citation = "CITATION.cff";

function run(program: string, ...words: readonly string[]): void {
  // npm is a script on Windows.
  execFileSync(program, words, { stdio: "inherit", shell: process.platform === "win32" });
}

const git = (...words: readonly string[]) => execFileSync("git", words, { encoding: "utf8" }).trim();

/** What stands against a release from this tree. */
function findObstacles(tag: string): string[] {
  const branch = git("rev-parse", "--abbrev-ref", "HEAD");
  return [
    ...(branch === "main" ? [] : [`The branch is ${branch}: expected main.`]),
    ...(git("status", "--porcelain") === "" ? [] : ["The tree has changes that are not committed."]),
    ...(git("tag", "--list", tag) === "" ? [] : [`The tag ${tag} exists.`]),
  ];
}

function release(request: string, isDry: boolean): void {
  const workspaces = readWorkspaces();
  const version = nextVersion(currentVersion(workspaces), request);
  const tag = `v${version}`;
  const obstacles = findObstacles(tag);
  if (obstacles.length > 0 && !isDry) throw new KindlingError("invalid-option", obstacles.join(" "));
  for (const obstacle of obstacles) console.log(`Notice: ${obstacle} A release would be refused.`);

  const texts = setVersion(workspaces, readFileSync(lockFile, "utf8"), version);
  try {
    texts.set(
      changelog,
      dateChangelog(readFileSync(changelog, "utf8"), version, new Date().toISOString().slice(0, 10)),
    );
  } catch (error) {
    // So it is from a release to the first change after it, and checks run a dry one all the time.
    if (!isDry || !(error instanceof KindlingError)) throw error;
    console.log(`Notice: ${error.message} A release would be refused.`);
  }
  texts.set(citation, readFileSync(citation, "utf8").replace(/^version: .*$/m, `version: ${version}`));
  const before = [...texts.keys()].map((file) => [file, readFileSync(file, "utf8")] as const);
  const folder = `out/release-${version}`;
  const packed = workspaces.filter(({ manifest }) => !manifest.private).flatMap(({ folder }) => ["-w", folder]);
  try {
    if (!isDry) for (const [file, text] of texts) writeFileSync(file, text);
    run("npm", "run", "build");
    run("npm", "run", "check");
    run("npm", "run", "test:packages");
    if (!isDry) mkdirSync(folder, { recursive: true });
    run("npm", "pack", ...packed, ...(isDry ? ["--dry-run"] : ["--pack-destination", folder]));
    if (isDry) {
      console.log(`Dry run: ${tag} would change ${[...texts.keys()].join(", ")}. Nothing was written.`);
      return;
    }
    // The check has seen the format; the hook would only say that it skips commits by path.
    run("git", "commit", "--quiet", "--no-verify", "--message", `Release ${version}`, "--", ...texts.keys());
  } catch (error) {
    if (!isDry) for (const [file, text] of before) writeFileSync(file, text);
    throw error;
  }
  run("git", "tag", "--annotate", tag, "--message", `Kindling ${version}`);
  console.log(`${tag} is committed and tagged; the packages are in ${folder}.`);
  console.log(
    `To publish: git push --follow-tags, then allow the workflow Publish, or npm publish each file of ${folder}.`,
  );
}

const { values, positionals } = parseArgs({ options: { "dry-run": { type: "boolean" } }, allowPositionals: true });
const isDry = values["dry-run"] === true;
const [request = isDry ? "minor" : undefined, ...more] = positionals;
try {
  if (request === undefined || more.length > 0) {
    throw new KindlingError("invalid-option", "Usage: npm run release -- <patch|minor|version> [--dry-run]");
  }
  release(request, isDry);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
