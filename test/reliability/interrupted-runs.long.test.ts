import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { mountDisk, remount } from "../support/mount-disk.ts";
import { jsonLines, outcomeOf, runKindling, scratchFolder, startKindling } from "../support/run-kindling.ts";

const timeout = 3_600_000;
const kills = 50;

/** A folder of photos of many sizes, and their results as an undisturbed run makes them. */
async function photosWithResults(
  count: number,
): Promise<{ folder: string; photos: string; wanted: ReadonlyMap<string, Buffer> }> {
  const folder = scratchFolder();
  const photos = join(folder, "in");
  for (let i = 0; i < count; i++) {
    await writeDarkPhoto(join(photos, `${String(i).padStart(2, "0")}.jpg`), { width: 120 + 10 * i, height: 90 });
  }
  const out = join(folder, "undisturbed");
  expect(await runKindling(enhance(photos, out))).toMatchObject({ status: 0, stderr: "" });
  return { folder, photos, wanted: resultsIn(out) };
}

const enhance = (photos: string, out: string, jobs = 2) => [
  "enhance",
  photos,
  "-o",
  out,
  "-m",
  "clahe",
  "--json",
  "-j",
  String(jobs),
];

/** Names in a folder of results, which a disk may have been too small for. */
const namesIn = (out: string) => (existsSync(out) ? readdirSync(out) : []);

function resultsIn(out: string): Map<string, Buffer> {
  const names = namesIn(out).filter((name) => !name.startsWith("."));
  return new Map(names.map((name) => [name, readFileSync(join(out, name))]));
}

/** Every file under a result's name is the whole result of an undisturbed run. */
function expectWholeResults(out: string, wanted: ReadonlyMap<string, Buffer>): number {
  const there = resultsIn(out);
  for (const [name, bytes] of there) expect(wanted.get(name)?.equals(bytes), `${out}/${name} is whole`).toBe(true);
  return there.size;
}

const partsIn = (out: string) => namesIn(out).filter((name) => name.includes("kindling-part"));

/** Starts a run and waits for its first result. */
async function startedWithResult(words: readonly string[]) {
  const child = startKindling(words);
  const ended = outcomeOf(child);
  const first = new Promise<boolean>((resolve) => {
    child.stdout?.on("data", (chunk) => String(chunk).includes('"event":"enhanced"') && resolve(true));
    child.on("close", () => resolve(false));
  });
  return { child, ended, hasResult: await first };
}

test(`killed at ${kills} moments after the first result, a run leaves whole results and does none of them again`, {
  timeout,
}, async () => {
  const { folder, photos, wanted } = await photosWithResults(40);
  const random = createRandom(4, "moments of kills");
  let out = join(folder, "out-0");
  let killed = 0;
  let before = 0;
  for (let run = 0; killed < kills; run++) {
    const { child, ended, hasResult } = await startedWithResult(enhance(photos, out));
    if (hasResult) {
      await new Promise((resolve) => setTimeout(resolve, 400 * random()));
      if (child.kill("SIGKILL")) killed++;
    }
    const events = jsonLines((await ended).stdout.split("\n").slice(0, -1).join("\n"));
    const start = events.find(({ event }) => event === "start");
    // Results that were there are not made again: what is done before is at least what lay there.
    if (start) expect(start["doneBefore"]).toBeGreaterThanOrEqual(before);
    const repeated = events.filter(
      ({ event, input }) => event === "enhanced" && events.filter((other) => other["input"] === input).length > 1,
    );
    expect(repeated).toEqual([]);
    before = expectWholeResults(out, wanted);
    if (before === wanted.size) {
      expect(await runKindling(enhance(photos, out))).toMatchObject({ status: 0, stderr: "" });
      expect(partsIn(out)).toEqual([]);
      out = join(folder, `out-${run + 1}`);
      before = 0;
    }
  }
  const last = await runKindling(enhance(photos, out));
  expect(last).toMatchObject({ status: 0, stderr: "" });
  expect(expectWholeResults(out, wanted)).toBe(wanted.size);
  expect(partsIn(out)).toEqual([]);
});

test("a disk that fills up, at many sizes: whole results, told as full, continued with more space", {
  timeout,
}, async (context) => {
  const { folder, photos, wanted } = await photosWithResults(8);
  const all = [...wanted.values()].reduce((sum, { length }) => sum + length, 0) / 1024;
  const disk = mountDisk(folder, 64);
  if (disk === undefined) return context.skip("only root mounts a disk");
  for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    rmSync(join(disk, "out"), { recursive: true, force: true });
    remount(disk, `size=${Math.round(share * all)}k`);
    const { status, stdout, stderr } = await runKindling(enhance(photos, join(disk, "out"), 1));
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const failures = jsonLines(stdout).filter(({ event }) => event === "failed");
    expect(failures.length).toBeGreaterThan(0);
    for (const { code, message } of failures)
      expect(`${code} ${message}`).toMatch(/^disk-full .*the disk is full\. Free some space/);
    expect(partsIn(join(disk, "out"))).toEqual([]);
    expect(expectWholeResults(join(disk, "out"), wanted)).toBe(wanted.size - failures.length);
  }
  remount(disk, "size=8m");
  expect(await runKindling(enhance(photos, join(disk, "out")))).toMatchObject({ status: 0, stderr: "" });
  expect(expectWholeResults(join(disk, "out"), wanted)).toBe(wanted.size);
});

test("a disk that becomes read-only during a run: whole results, told as such, continued once it is writable", {
  timeout,
}, async (context) => {
  const { folder, photos, wanted } = await photosWithResults(30);
  const disk = mountDisk(folder, 8192);
  if (disk === undefined) return context.skip("only root mounts a disk");
  const out = join(disk, "out");
  const { ended } = await startedWithResult(enhance(photos, out, 1));
  for (let isReadOnly = false; !isReadOnly; ) {
    try {
      remount(disk, "ro");
      isReadOnly = true;
    } catch {
      // Busy while a result is being written.
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }
  const { status, stdout, stderr } = await ended;
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  const failures = jsonLines(stdout).filter(({ event }) => event === "failed");
  for (const { code, message } of failures) expect(`${code} ${message}`).toMatch(/^unwritable .*read-only/);
  expectWholeResults(out, wanted);
  remount(disk, "rw");
  expect(await runKindling(enhance(photos, out))).toMatchObject({ status: 0, stderr: "" });
  expect(expectWholeResults(out, wanted)).toBe(wanted.size);
  expect(partsIn(out)).toEqual([]);
});

test("photos that are deleted, cut and replaced during a run: each told, the others done, and right at the next run", {
  timeout,
}, async () => {
  const { folder, photos, wanted } = await photosWithResults(30);
  const sound = join(folder, "sound");
  cpSync(photos, sound, { recursive: true });
  const out = join(folder, "out");
  const { ended } = await startedWithResult(enhance(photos, out, 1));
  rmSync(join(photos, "26.jpg"));
  truncateSync(join(photos, "27.jpg"), readFileSync(join(photos, "27.jpg")).length - 60);
  cpSync(join(sound, "03.jpg"), join(photos, "28.jpg"));
  rmSync(join(photos, "29.jpg"));
  mkdirSync(join(photos, "29.jpg"));
  const { status, stdout, stderr } = await ended;
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  const failed = jsonLines(stdout).flatMap(({ event, input, code }) =>
    event === "failed" ? [`${String(input).slice(-6)} ${code}`] : [],
  );
  expect(failed.sort()).toEqual(["26.jpg not-found", "27.jpg damaged", "29.jpg not-a-photo"]);
  const replaced = new Map([...wanted, ["28.jpg", wanted.get("03.jpg")!]]);
  expect(expectWholeResults(out, replaced)).toBe(27);

  rmSync(photos, { recursive: true });
  cpSync(sound, photos, { recursive: true });
  expect(await runKindling(enhance(photos, out))).toMatchObject({ status: 0, stderr: "" });
  expect(expectWholeResults(out, wanted)).toBe(30);
});
