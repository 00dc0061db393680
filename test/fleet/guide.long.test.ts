// The guide's lines from end to end, with a Redis and two workers: what they start has tests of its own on every commit.
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readStatus } from "@kindling/worker";
import { describe, expect, onTestFinished, test } from "vitest";
import { noRedis, redisProgram, startRedis, until } from "../support/redis-server.ts";
import { outcomeOf, scratchFolder } from "../support/run-kindling.ts";

if (redisProgram === undefined) process.stderr.write(`${noRedis}\n`);

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = readFileSync(join(root, "docs/FLEET.md"), "utf8");

/** The blocks of lines that a stranger types, as they stand under the first heading. */
const [lines = "", page = ""] = [...guide.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);

describe.skipIf(redisProgram === undefined)("the lines of FLEET.md, as they are written", () => {
  test("start two workers and show progress at a terminal and in a page", { timeout: 600_000 }, async () => {
    expect(lines.split("\n")).toEqual(expect.arrayContaining(["npm install"]));
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const folder = scratchFolder();
    for (const name of ["node_modules", "examples"]) symlinkSync(join(root, name), join(folder, name));
    // The test has a server of its own, on another port than a person's; the clone is installed.
    const typed = (block: string) =>
      block
        .replace(/^npm install\n/m, "")
        .replace(/^redis-server .*\n/m, "")
        .replace("redis://localhost", redis.url);
    expect(typed(lines)).not.toBe(lines);
    const run = (name: string, script: string): ChildProcess => {
      writeFileSync(join(folder, name), script);
      // A group of its own, which ends with the test.
      const child = spawn("bash", ["-eu", name], {
        cwd: folder,
        detached: true,
        env: { ...process.env, KINDLING_SERVE_PORT: "0" },
      });
      onTestFinished(() => {
        try {
          process.kill(-(child.pid ?? 0), "SIGKILL");
        } catch {
          // It has ended already.
        }
      });
      return child;
    };
    const workers = run("lines.sh", `${typed(lines)}\nwait\n`);
    const ended = outcomeOf(workers);
    const count = readdirSync(join(root, "examples/photos")).length;
    const queue = { queue: redis.url };
    await until("the photos in the queue", async () => (await readStatus(queue)).total === count);

    const serving = run("page.sh", `export KINDLING_QUEUE=${redis.url}\n${page}`);
    const url = await new Promise<string>((resolve, reject) => {
      let told = "";
      serving.stderr?.on("data", (chunk) => {
        told += chunk;
        const [, found] = /Progress of the fleet: (\S+)\n/.exec(told) ?? [];
        if (found) resolve(found);
      });
      serving.on("exit", () => reject(new Error(told)));
    });
    expect(new URL(url).pathname).toBe("/fleet");
    expect(guide).toContain("127.0.0.1:8080/fleet");
    expect(await (await fetch(url)).text()).toContain("<progress");
    const { status, stdout, stderr } = await ended;
    expect({ status, told: /\d+ of \d+ photos done/.test(stdout) }, stderr).toEqual({ status: 0, told: true });
    expect(readdirSync(join(folder, "enhanced-by-fleet"))).toHaveLength(count);
    const progress = await (await fetch(new URL("v1/fleet", url))).json();
    expect(progress).toMatchObject({ total: count, done: count, enhanced: count, failed: 0, waiting: 0 });
  });
});
