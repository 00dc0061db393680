import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { KindlingError } from "@kindling/core";
import { describe, expect, onTestFinished, test } from "vitest";
import { dateChangelog } from "../scripts/release/date-changelog.ts";
import { nextVersion } from "../scripts/release/next-version.ts";
import { readWorkspaces } from "../scripts/workspaces.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const script = join(root, "scripts/release.ts");
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const changelog = "# Changelog\n\n## Unreleased\n\n- A new thing.\n\n## 0.0.1 (2020-01-01)\n\n- All.\n";
const version = readWorkspaces(root)[0].manifest.version;
let folder: string;

/** Git looks at the scratch repository, also where a hook runs the tests. */
const { GIT_DIR: _, GIT_INDEX_FILE: __, GIT_WORK_TREE: ___, ...inherited } = process.env;
const who = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.org" };
const env = { ...inherited, ...who, GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.org" };

const git = (...words: readonly string[]) => String(execFileSync("git", words, { cwd: folder, env })).trim();
const read = (file: string) => readFileSync(join(folder, file), "utf8");

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function release(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tsx, script, ...words], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** A repository with the manifests and the lock file of this one, whose build and check only leave a mark. */
function makeRepository(): void {
  folder = mkdtempSync(join(tmpdir(), "kindling-release-"));
  for (const { folder: at, manifest } of readWorkspaces(root)) {
    write(`${at}/package.json`, `${JSON.stringify({ ...manifest, scripts: {} }, null, 2)}\n`);
  }
  const mark = (name: string) => `node -e "fs.mkdirSync('out',{recursive:true});fs.writeFileSync('out/${name}','')"`;
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const scripts = { build: mark("built"), check: mark("checked"), "test:packages": mark("installed") };
  write("package.json", JSON.stringify({ ...manifest, scripts }));
  write("package-lock.json", readFileSync(join(root, "package-lock.json"), "utf8"));
  write("CHANGELOG.md", changelog);
  write("CITATION.cff", "title: Kindling\nversion: 0.0.1\n");
  write(".gitignore", "/out/\n");
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git("commit", "-qm", "start");
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
}

test("a release has one version everywhere, a date, packages, a commit and a tag", () => {
  makeRepository();
  const next = nextVersion(version, "minor");
  expect(release("minor")).toMatchObject({ status: 0, stderr: expect.anything() });

  const workspaces = readWorkspaces(folder);
  const names = workspaces.map(({ manifest }) => manifest.name);
  const lock = JSON.parse(read("package-lock.json")).packages;
  for (const { folder: at, manifest } of workspaces) {
    for (const held of [manifest, lock[at]]) {
      expect(held.version, at).toBe(next);
      for (const [name, wanted] of Object.entries({
        ...held.dependencies,
        ...held.devDependencies,
        ...held.peerDependencies,
      })) {
        if (names.includes(name)) expect(wanted, `${at} needs ${name}`).toBe(next);
        else expect(wanted, `${at} needs ${name}`).not.toBe(next);
      }
    }
  }
  expect(read("CITATION.cff")).toBe(`title: Kindling\nversion: ${next}\n`);
  expect(read("CHANGELOG.md")).toMatch(
    new RegExp(`^# Changelog\n\n## ${next} \\(\\d{4}-\\d\\d-\\d\\d\\)\n\n- A new thing\\.`),
  );
  expect(readdirSync(join(folder, "out")).sort()).toEqual(["built", "checked", "installed", `release-${next}`]);
  expect(readdirSync(join(folder, `out/release-${next}`)).sort()).toEqual(
    workspaces
      .filter(({ manifest }) => !manifest.private)
      .map(({ manifest }) => `${manifest.name.replace("@", "").replace("/", "-")}-${next}.tgz`)
      .sort(),
  );
  expect(git("log", "--format=%s")).toBe(`Release ${next}\nstart`);
  expect(git("rev-parse", `v${next}^{commit}`)).toBe(git("rev-parse", "HEAD"));
  expect(git("status", "--porcelain")).toBe("");
});

test("a dirty tree and another branch are refused, and a dry run of them says so and writes nothing", () => {
  makeRepository();
  git("checkout", "-qb", "idea");
  write("CHANGELOG.md", changelog.replace("A new thing", "Another thing"));
  const before = git("diff");
  const refused = release("patch");
  expect(refused.status).toBe(1);
  expect(refused.stderr).toMatch(/branch is idea: expected main\. The tree has changes/);
  expect(existsSync(join(folder, "out"))).toBe(false);

  expect(release()).toMatchObject({ status: 1, stderr: expect.stringContaining("Usage: npm run release") });

  const dry = release("--dry-run");
  expect(dry.status).toBe(0);
  expect(dry.stdout).toContain(`Dry run: v${nextVersion(version, "minor")} would change`);
  expect(dry.stdout).toMatch(/Notice: The branch is idea.*refused\.\nNotice: The tree has changes.*refused\./);
  expect(readdirSync(join(folder, "out")).sort()).toEqual(["built", "checked", "installed"]);
  expect(git("diff")).toBe(before);
  expect(git("tag")).toBe("");
});

test("right after a release there is nothing to tell yet: a dry run says so, a release is refused", () => {
  makeRepository();
  write("CHANGELOG.md", "# Changelog\n\n## 0.1.0 (2026-01-01)\n\n- All.\n");
  git("commit", "-qam", "no word of what changed");
  expect(release("minor")).toMatchObject({ status: 1, stderr: expect.stringContaining("Unreleased") });
  const dry = release("--dry-run");
  expect([dry.status, dry.stdout]).toEqual([
    0,
    expect.stringMatching(/Notice: .*Unreleased.*A release would be refused/),
  ]);
});

test("a check that fails leaves the tree as it was", () => {
  makeRepository();
  const manifest = JSON.parse(read("package.json"));
  write("package.json", JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, check: "exit 3" } }));
  git("commit", "-qam", "a check that fails");
  expect(release("1.0.0").status).toBe(1);
  expect(git("status", "--porcelain")).toBe("");
  expect(git("tag")).toBe("");
  expect(git("log", "-1", "--format=%s")).toBe("a check that fails");
});

describe("the next version", () => {
  test.each([
    ["0.1.9", "patch", "0.1.10"],
    ["0.1.9", "minor", "0.2.0"],
    ["0.1.9", "1.0.0", "1.0.0"],
  ])("after %s with %s is %s", (current, request, expected) => {
    expect(nextVersion(current, request)).toBe(expected);
  });

  test.each(["0.1.9", "0.1.8", "0.0.10", "major", "1.0", "v1.0.0", "1.0.0-beta"])(
    "is never %s after 0.1.9",
    (request) => {
      expect(() => nextVersion("0.1.9", request)).toThrow(KindlingError);
    },
  );
});

test.each(["# Changelog\n", "# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- All.\n"])(
  "a release without a word of what changed is refused: %j",
  (text) => {
    expect(() => dateChangelog(text, "0.2.0", "2027-01-31")).toThrow(/section "## Unreleased"/);
  },
);
