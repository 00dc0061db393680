import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createRandom } from "@kindling/core";
import { listFailed, readStatus, retryFailed, submitPhotos } from "@kindling/worker";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { mountDisk, remount } from "../support/mount-disk.ts";
import { pretendResult } from "../support/pretend-units.ts";
import { noRedis, type RedisServer, redisProgram, startRedis, until } from "../support/redis-server.ts";
import { jsonLines, outcomeOf, runKindling, scratchFolder, startKindling } from "../support/run-kindling.ts";

if (redisProgram === undefined) process.stderr.write(`${noRedis}\n`);

const timeout = 1_800_000;
const pretendWorker = fileURLToPath(new URL("../support/pretend-worker.ts", import.meta.url));

/** Starts a worker process that only pretends to enhance, and gathers its events. */
function startPretender(options: object): { child: ChildProcess; ended: ReturnType<typeof outcomeOf> } {
  const words = ["--import", "tsx", pretendWorker, JSON.stringify(options)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return { child, ended: outcomeOf(child) };
}

function writeInputs(folder: string, count: number, nameOf: (i: number) => string): Map<string, Buffer> {
  const wanted = new Map<string, Buffer>();
  for (let i = 0; i < count; i++) {
    const name = nameOf(i);
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), `content ${i}`);
    wanted.set(name, pretendResult(Buffer.from(`content ${i}`)));
  }
  return wanted;
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** Every file of the results is whole, and nothing half-written lies beside them. Gives their names. */
function wholeResults(out: string, wanted: ReadonlyMap<string, Buffer>): Set<string> {
  const names = filesIn(out);
  for (const name of names) {
    expect(wanted.get(name)?.equals(readFileSync(join(out, name))), `${name} is whole`).toBe(true);
  }
  return new Set(names);
}

async function failedNames(queue: { queue: string; name: string }, folder: string): Promise<string[]> {
  const names = [];
  for await (const { input } of listFailed(queue)) names.push(input.slice(folder.length + 1));
  return names;
}

describe.skipIf(redisProgram === undefined)("a fleet in hostile weather", () => {
  let redis: RedisServer;
  let count = 0;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  const newQueue = () => ({ queue: redis.url, name: `weather-${++count}` });

  test("a worker killed while it enhances: another finishes its photos, equal to those of one machine", {
    timeout,
  }, async () => {
    const queue = newQueue();
    const at = ["--queue", queue.queue, "--name", queue.name, "--lease", "2", "--json"];
    const folder = scratchFolder();
    const [photos, out] = [join(folder, "in"), join(folder, "out")];
    for (let i = 0; i < 6; i++) await writeDarkPhoto(join(photos, `${i}.jpg`), { width: 900 + i, height: 600 });
    await runKindling(["enhance", photos, "-o", join(folder, "undisturbed"), "-m", "clahe"]);
    await submitPhotos({ ...queue, inputs: [photos], out, method: "clahe" });
    const killed = startKindling(["work", ...at, "--jobs", "2"]);
    const ended = outcomeOf(killed);
    await until("a photo in work", async () => (await readStatus(queue)).active > 0);
    await wait(1000);
    killed.kill("SIGKILL");
    const first = jsonLines((await ended).stdout.split("\n").slice(0, -1).join("\n"));
    const { status, stdout } = await runKindling(["work", ...at, "--drain"]);
    expect(status).toBe(0);
    expect(await readStatus(queue)).toMatchObject({ total: 6, done: 6, failed: 0 });
    const wanted = new Map(
      readdirSync(photos).map((name) => [name, readFileSync(join(folder, "undisturbed", name))] as const),
    );
    expect(wholeResults(out, wanted).size).toBe(6);
    const enhanced = [...first, ...jsonLines(stdout)].filter(({ event }) => event === "enhanced");
    process.stdout.write(`killed worker: ${enhanced.length} enhancements of 6 photos\n`);
    expect(first.filter(({ event }) => event === "enhanced").length).toBeLessThan(6);
  });

  test("two workers with the same photo: one result, done once, whoever comes last", { timeout }, async () => {
    const queue = newQueue();
    const folder = scratchFolder();
    const [photos, out] = [join(folder, "in"), join(folder, "out")];
    const wanted = writeInputs(photos, 1, () => "a.jpg");
    await submitPhotos({ ...queue, inputs: [photos], out });
    // Held in the middle of the photo for longer than its lease, as by a network that hangs.
    const held = startPretender({ ...queue, jobs: 1, leaseSeconds: 1, longestMs: 4000, drain: true, worker: "held" });
    await until("the photo in work", async () => (await readStatus(queue)).active > 0);
    held.child.kill("SIGSTOP");
    const other = startPretender({ ...queue, jobs: 1, leaseSeconds: 1, drain: true, worker: "other" });
    expect(jsonLines((await other.ended).stdout).at(-1)).toMatchObject({ event: "end", enhanced: 1, failed: 0 });
    held.child.kill("SIGCONT");
    expect((await held.ended).status).toBe(0);
    expect(await readStatus(queue)).toMatchObject({ total: 1, done: 1, failed: 0 });
    expect([...wholeResults(out, wanted)]).toEqual(["a.jpg"]);
  });

  test("a full disk: nothing half written, set aside as such, done after retry with more space", {
    timeout,
  }, async (context) => {
    const queue = newQueue();
    const folder = scratchFolder();
    const disk = mountDisk(folder, 256);
    if (disk === undefined) return context.skip("only root mounts a disk");
    const photos = join(folder, "in");
    const wanted = writeInputs(photos, 30, (i) => `${i}.jpg`);
    const out = join(disk, "out");
    await submitPhotos({ ...queue, inputs: [photos], out, tries: 2, backoffMs: 100 });
    await startPretender({ ...queue, jobs: 2, drain: true }).ended;
    const failures = [];
    for await (const failure of listFailed(queue)) failures.push(failure);
    expect(failures.length).toBeGreaterThan(10);
    for (const { code, message } of failures) expect(`${code} ${message}`).toMatch(/^disk-full .*the disk is full/);
    expect(wholeResults(out, wanted).size).toBe(30 - failures.length);
    remount(disk, "size=8m");
    await retryFailed([], queue);
    await startPretender({ ...queue, jobs: 2, drain: true }).ended;
    expect(await readStatus(queue)).toMatchObject({ total: 30, done: 30, failed: 0 });
    expect(wholeResults(out, wanted).size).toBe(30);
  });

  test("10,000 photos, random failures, workers and Redis killed: each ends once, enhanced or set aside", {
    timeout,
  }, async () => {
    const photosCount = 10_000;
    const queue = newQueue();
    const folder = scratchFolder();
    const [photos, out] = [join(folder, "in"), join(folder, "out")];
    const wanted = writeInputs(photos, photosCount, (i) => `${i % 100}/${i}${i % 97 === 0 ? ".poison" : ""}.jpg`);
    const startedAt = performance.now();
    await submitPhotos({ ...queue, inputs: [photos], out, tries: 3, backoffMs: 200 });
    expect(await readStatus(queue)).toMatchObject({ total: photosCount, waiting: photosCount });
    const options = { ...queue, jobs: 8, leaseSeconds: 2, failures: 0.1, poisonEnding: ".poison.jpg", drain: true };
    const random = createRandom(18, "moments of kills");
    const workers = [startPretender(options), startPretender(options)];
    const kills = { workers: 0, redis: 0 };
    const doneOf = async () => {
      const { done, failed } = await readStatus(queue);
      return done + failed;
    };
    // Killed at random moments as long as enough is left: five workers, and the server twice.
    for (let i = 1; i <= 7 && (await doneOf()) < 0.9 * photosCount; i++) {
      const goal = (await doneOf()) + 800 * random() + 200;
      await until("more photos", async () => (await doneOf()) > Math.min(goal, 0.95 * photosCount));
      if (i % 3 === 0) {
        await redis.kill();
        await wait(500);
        await redis.restart();
        kills.redis++;
      } else {
        workers.shift()?.child.kill("SIGKILL");
        workers.push(startPretender(options));
        kills.workers++;
      }
    }
    const outcomes = await Promise.all(workers.map(({ ended }) => ended));
    for (const { status, stderr } of outcomes) expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const { done, failed, total, waiting, active, delayed } = await readStatus(queue);
    expect({ total, left: waiting + active + delayed, sum: done + failed }).toEqual({
      total: photosCount,
      left: 0,
      sum: photosCount,
    });
    const aside = await failedNames(queue, photos);
    const results = wholeResults(out, wanted);
    expect([aside.length, new Set(aside).size, results.size]).toEqual([failed, failed, done]);
    // Each is in exactly one of both.
    expect(aside.filter((name) => results.has(name))).toEqual([]);
    expect([...wanted.keys()].filter((name) => !results.has(name) && !aside.includes(name))).toEqual([]);
    expect([...wanted.keys()].filter((name) => name.includes("poison") && !aside.includes(name))).toEqual([]);
    expect(Math.min(kills.workers, kills.redis)).toBeGreaterThan(0);
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    process.stdout.write(
      `10,000 photos: ${done} enhanced, ${failed} set aside, ${kills.workers} workers and ${kills.redis} times Redis killed, ${seconds} s\n`,
    );
  });
});
