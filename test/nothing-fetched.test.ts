import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { writeDarkPhoto } from "./support/dark-photo.ts";
import { imports, sources } from "./support/imports.ts";
import { runKindling, scratchFolder } from "./support/run-kindling.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** What runs on Node; pages fetch their own models and nothing else. */
const isShipped = (file: string) =>
  /^(packages\/(core|nets|lab|systems|node)|apps\/cli)\/src\//.test(file) && !file.endsWith(".test.ts");

const network = /^(node:)?(http|https|http2|net|tls|dgram|dns|dns\/promises|vm|inspector|repl)$/;

describe("the library and the command line", () => {
  test("import nothing that reaches the network or runs text as code", () => {
    expect(imports.filter(({ file, of }) => isShipped(file) && network.test(of))).toEqual([]);
  });

  test("start no programs but three files of their own, and the system's ffmpeg for videos", () => {
    const starters = imports.filter(({ file, of }) => isShipped(file) && /child_process/.test(of));
    const forks = [
      "packages/node/src/enhance/measure-weights.ts",
      "packages/node/src/lab/bench/measure-speed.ts",
      "packages/node/src/lab/evaluation/run-engine.ts",
    ];
    expect(starters.map(({ file }) => file)).toEqual([
      ...forks,
      "packages/node/src/video/ffmpeg-process.ts",
      "packages/node/src/video/probe-video.ts",
    ]);
    for (const file of forks) {
      expect(readFileSync(join(root, file), "utf8")).toContain('import { fork } from "node:child_process"');
    }
  });

  test("call neither eval, nor Function, nor fetch", () => {
    const calls = /\b(eval|Function|fetch|XMLHttpRequest|WebSocket)\s*\(/;
    const found = sources
      .filter(({ file }) => isShipped(file))
      .flatMap(({ file }) =>
        readFileSync(join(root, file), "utf8")
          .split("\n")
          // Examples in comments may fetch a photo; methods of that name are others.
          .filter((line) => calls.test(line) && !/^\s*\*|\.fetch\(|async fetch\(/.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });
});

test.each([
  ["a run on one photo, which starts no thread", ["dark.jpg"], { width: 96, height: 64 }, 1],
  ["a run on two larger photos, each on a thread", ["dark.jpg", "night.jpg"], { width: 1000, height: 600 }, 2],
])(
  "%s: no look-up, no connection, no program, nothing in the home folder",
  async (_name, photos, size, jobs) => {
    const folder = scratchFolder();
    const log = join(folder, "log.txt");
    writeFileSync(log, "");
    // Loaded before the command, in its threads too: whoever connects, looks up or starts leaves a line.
    writeFileSync(
      join(folder, "watch.cjs"),
      `const { appendFileSync } = require("node:fs");
     const note = (what) => function () { appendFileSync(${JSON.stringify(log)}, what + "\\n"); throw new Error(what); };
     require("node:net").Socket.prototype.connect = note("connect");
     require("node:dns").lookup = note("lookup");
     globalThis.fetch = note("fetch");
     for (const name of ["spawn", "exec", "execFile", "fork"]) require("node:child_process")[name] = note(name);
     appendFileSync(${JSON.stringify(log)}, "watching\\n");`,
    );
    const paths = photos.map((name) => join(folder, name));
    for (const path of paths) await writeDarkPhoto(path, size);
    // Native code, which cannot be watched, keeps what it wants to report in the home folder until it is sent.
    const home = join(folder, "home");
    mkdirSync(home);
    const cleared = ["-u", "ORT_DISABLE_TELEMETRY", "-u", "XDG_CACHE_HOME", `HOME=${home}`];
    const watched = ["env", ...cleared, `NODE_OPTIONS=--require=${join(folder, "watch.cjs")}`];
    const options = ["-o", join(folder, "out"), "--device", "cpu", "--jobs", String(jobs)];
    const run = await runKindling(["enhance", ...paths, ...options], watched);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(home)).toEqual([]);
    const lines = readFileSync(log, "utf8").trim().split("\n");
    // One line of the process, and one of each thread.
    const threads = jobs === 1 ? 0 : jobs;
    expect(lines).toEqual(Array(1 + threads).fill("watching"));
  },
  240_000,
);
