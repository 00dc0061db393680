import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { copyBatch, writeStandIns } from "../support/copy-batch.ts";
import { outcomeOf, scratchFolder, startKindling } from "../support/run-kindling.ts";

const names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"];

describe("two runs into one folder", () => {
  test("do each photo once; the later one waits and says so", async () => {
    const folder = scratchFolder();
    const [photos, out] = [join(folder, "photos"), join(folder, "out")];
    writeStandIns(photos, ...names);
    const runs = await Promise.all([copyBatch([photos], out, { ms: 50 }), copyBatch([photos], out, { ms: 50 })]);
    expect(runs.flatMap(({ failures }) => failures)).toEqual([]);
    expect(runs.flatMap(({ outputs }) => outputs).sort()).toEqual(names.map((name) => join(out, name)));
    expect(runs.map(({ summary }) => summary.finished + summary.doneBefore)).toEqual([4, 4]);
    const notices = runs.flatMap(({ notices }) => notices);
    expect(notices).toEqual([
      { path: out, message: `another run (process ${process.pid}) writes there; waiting for its end.` },
    ]);
    expect(readdirSync(out).sort()).toEqual([".kindling.jsonl", ...names]);
  });

  test("in place do each photo once", async () => {
    const photos = join(scratchFolder(), "photos");
    writeStandIns(photos, ...names);
    const inPlace = { overwrite: true, ms: 20 };
    await Promise.all([1, 2, 3].map(() => copyBatch([photos], photos, inPlace)));
    for (const name of names) expect(readFileSync(join(photos, name), "utf8")).toBe(`${name}+`);
  });

  test("a run that waits can be stopped", async () => {
    const folder = scratchFolder();
    writeStandIns(join(folder, "photos"), ...names);
    const out = join(folder, "out");
    const first = copyBatch([join(folder, "photos")], out, { ms: 500 });
    await expect.poll(() => existsSync(join(out, ".kindling.lock")), { timeout: 30_000 }).toBe(true);
    const waiting = await copyBatch([join(folder, "photos")], out, { signal: AbortSignal.timeout(300) });
    expect(waiting.summary).toMatchObject({ finished: 0, failed: 0, stopped: 4 });
    expect((await first).summary.finished).toBe(4);
  });
});

describe("a lock", () => {
  /** Writes a lock that a process holds, and runs a batch into its folder. */
  async function runWithLock(content: string) {
    const folder = scratchFolder();
    writeStandIns(join(folder, "photos"), "a.jpg");
    writeStandIns(folder, "precious");
    mkdirSync(join(folder, "out"));
    writeFileSync(join(folder, "out/.kindling.lock"), content);
    const run = await copyBatch([join(folder, "photos")], join(folder, "out"), { signal: AbortSignal.timeout(8000) });
    expect(readdirSync(join(folder, "out")).sort()).toEqual([".kindling.jsonl", "a.jpg"]);
    expect(readFileSync(join(folder, "precious"), "utf8")).toBe("precious");
    return run;
  }

  /** How a lock of this machine names its place and a process. */
  async function holderOf(processId: number, began?: string): Promise<string> {
    const space = await import("node:fs/promises").then(({ readlink }) =>
      readlink("/proc/self/ns/pid").catch(() => ""),
    );
    return JSON.stringify({ place: `${hostname()} ${space}`.trim(), process: processId, began, id: randomUUID() });
  }

  test("of a process that is gone is taken over", async () => {
    const ended = startKindling(["--version"]);
    await outcomeOf(ended);
    expect((await runWithLock(await holderOf(ended.pid ?? 0))).summary.finished).toBe(1);
  });

  test.runIf(process.platform === "linux")(
    "of a process whose number another one has by now is taken over",
    async () => {
      expect((await runWithLock(await holderOf(process.pid, "1"))).summary.finished).toBe(1);
    },
  );

  test.each([
    ["that a crash left without its text", ""],
    ["whose holder's name leads elsewhere", '{"place":"","process":1,"id":"../../precious"}'],
  ])("%s is taken over", async (_, content) => {
    expect((await runWithLock(content)).summary.finished).toBe(1);
  });
});
