import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  cancelPhotos,
  listFailed,
  pauseQueue,
  readStatus,
  resumeQueue,
  retryFailed,
  submitPhotos,
  type WorkOptions,
  workOnPhotos,
} from "@kindling/worker";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { pretendResult, pretendUnits } from "../support/pretend-units.ts";
import { noRedis, type RedisServer, redisProgram, startRedis, until } from "../support/redis-server.ts";
import { scratchFolder } from "../support/run-kindling.ts";

if (redisProgram === undefined) process.stderr.write(`${noRedis}\n`);

describe.skipIf(redisProgram === undefined)("a fleet", () => {
  let redis: RedisServer;
  let count = 0;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  /** A queue of the test's own. */
  const newQueue = () => ({ queue: redis.url, name: `test-${++count}` });

  /** A folder of files that pretend to be photos, each with content of its own. */
  function writePhotos(folder: string, names: readonly string[]): string {
    for (const name of names) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), `content of ${name}`);
    }
    return folder;
  }

  /** Works until no photo is left and gives the inputs in the order in which they were done. */
  async function drain(options: WorkOptions): Promise<{ done: string[]; before: string[]; messages: string[] }> {
    const [done, before, messages]: string[][] = [[], [], []];
    await workOnPhotos({
      jobs: 2,
      openUnits: pretendUnits(),
      drain: true,
      ...options,
      reporter: {
        finish: ({ input, enhancement }) => (enhancement ? done : before).push(input),
        fail: (_input, _code, message) => messages.push(message),
      },
    });
    return { done, before, messages };
  }

  async function failuresOf(queue: { queue: string; name: string }) {
    const found = [];
    for await (const photo of listFailed(queue)) found.push(photo);
    return found;
  }

  const namesIn = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

  test("every photo of a folder gets its result under its own path, and none is done twice", async () => {
    const queue = newQueue();
    const folder = scratchFolder();
    const photos = writePhotos(join(folder, "in"), ["a.jpg", "b/c.png", "b/d.nef", "no-photo.txt", ".hidden.jpg"]);
    const out = join(folder, "in/lit");
    expect(await submitPhotos({ ...queue, inputs: [photos], out })).toEqual({ submitted: 3, isPersistent: true });
    // Submitted again while it waits, a photo is there once.
    await submitPhotos({ ...queue, inputs: [photos], out });
    expect(await readStatus(queue)).toMatchObject({ total: 3, waiting: 3, done: 0 });

    const first = await drain(queue);
    expect(first.done.toSorted()).toEqual(["a.jpg", "b/c.png", "b/d.nef"].map((name) => join(photos, name)));
    expect(namesIn(out)).toEqual(["a.jpg", "b", "b/c.png", "b/d.nef.jpg"]);
    expect(readFileSync(join(out, "b/c.png")).equals(pretendResult(Buffer.from("content of b/c.png")))).toBe(true);
    expect(await readStatus(queue)).toMatchObject({ total: 3, done: 3, enhanced: 3, failed: 0, waiting: 0, active: 0 });

    // Results in the searched folder are not submitted; of the photos only the one that changed is made again.
    writeFileSync(join(photos, "a.jpg"), "another content");
    expect(await submitPhotos({ ...queue, inputs: [photos], out })).toMatchObject({ submitted: 3 });
    const second = await drain(queue);
    expect([second.done, second.before.length, second.messages]).toEqual([[join(photos, "a.jpg")], 2, []]);
    expect(readFileSync(join(out, "a.jpg")).equals(pretendResult(Buffer.from("another content")))).toBe(true);
    expect(await readStatus(queue)).toMatchObject({ total: 3, done: 3, enhanced: 1 });
  });

  test("other options make results again, and files of other programs are never replaced unasked", async () => {
    const queue = newQueue();
    const folder = scratchFolder();
    const photos = writePhotos(join(folder, "in"), ["a.jpg", "b.jpg"]);
    const out = writePhotos(join(folder, "out"), ["b.jpg"]);
    await submitPhotos({ ...queue, inputs: [photos], out, method: "clahe" });
    await drain(queue);
    expect((await failuresOf(queue)).map(({ code, tries }) => [code, tries])).toEqual([["exists", 1]]);
    expect(readFileSync(join(out, "b.jpg"), "utf8")).toBe("content of b.jpg");
    await submitPhotos({ ...queue, inputs: [photos], out, method: "lime", overwrite: true });
    expect((await drain(queue)).done).toHaveLength(2);
    expect(readFileSync(join(out, "b.jpg")).equals(pretendResult(Buffer.from("content of b.jpg")))).toBe(true);
  });

  test("a result never takes the place of its photo", async () => {
    const queue = newQueue();
    const photos = writePhotos(join(scratchFolder(), "in"), ["a.jpg"]);
    await submitPhotos({ ...queue, inputs: [join(photos, "a.jpg")], out: photos, overwrite: true });
    await drain(queue);
    expect(await failuresOf(queue)).toMatchObject([
      { code: "exists", message: expect.stringMatching(/would replace it/) },
    ]);
    expect(readFileSync(join(photos, "a.jpg"), "utf8")).toBe("content of a.jpg");
  });

  test("photos that cannot be read are set aside at once with their reason, others after their tries; retry puts them back", async () => {
    const queue = newQueue();
    const folder = scratchFolder();
    const photos = writePhotos(join(folder, "in"), ["a.jpg", "gone.jpg", "poison.jpg"]);
    await submitPhotos({ ...queue, inputs: [photos], out: join(folder, "out"), tries: 2, backoffMs: 50 });
    rmSync(join(photos, "gone.jpg"));
    const openUnits = pretendUnits({ isPoison: (input) => input.endsWith("poison.jpg") });
    await drain({ ...queue, openUnits });
    const failures = (await failuresOf(queue)).toSorted((a, b) => a.input.localeCompare(b.input));
    expect(failures.map(({ input, tries, code }) => [input.slice(photos.length + 1), tries, code])).toEqual([
      ["gone.jpg", 2, "internal"],
      ["poison.jpg", 1, "damaged"],
    ]);
    expect(failures[1]?.message).toBe(`${join(photos, "poison.jpg")}: pretended to be damaged.`);
    expect(await readStatus(queue)).toMatchObject({ total: 3, done: 1, failed: 2 });
    writePhotos(photos, ["gone.jpg"]);
    await expect(retryFailed([join(photos, "gone.jpg"), "other.jpg"], queue)).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringMatching(/^other\.jpg: not among .+ The others \(1\) were put back\./),
    });
    expect(await readStatus(queue)).toMatchObject({ failed: 1 });
    await drain({ ...queue, openUnits });
    expect((await failuresOf(queue)).map(({ input }) => input)).toEqual([join(photos, "poison.jpg")]);
    expect(await retryFailed([], queue)).toBe(1);
    await drain(queue);
    expect(await readStatus(queue)).toMatchObject({ total: 3, done: 3, failed: 0 });
  });

  test("smaller numbers go first; pause holds all workers, cancel empties the queue", async () => {
    const queue = newQueue();
    const folder = scratchFolder();
    const out = join(folder, "out");
    const slow = writePhotos(join(folder, "slow"), ["1.jpg", "2.jpg"]);
    const urgent = writePhotos(join(folder, "urgent"), ["3.jpg", "4.jpg"]);
    await submitPhotos({ ...queue, inputs: [slow], out });
    await submitPhotos({ ...queue, inputs: [urgent], out, priority: 1 });
    expect((await drain({ ...queue, jobs: 1 })).done.map((path) => path.includes("urgent"))).toEqual([
      true,
      true,
      false,
      false,
    ]);

    await pauseQueue(queue);
    const more = writePhotos(join(folder, "more"), ["5.jpg", "6.jpg", "7.jpg"]);
    await submitPhotos({ ...queue, inputs: [more], out });
    const stopping = new AbortController();
    const working = drain({ ...queue, drain: false, signal: stopping.signal });
    await until("the worker", async () => (await readStatus(queue)).workers.length === 1);
    expect(await readStatus(queue)).toMatchObject({ paused: true, waiting: 3, active: 0 });
    expect(await cancelPhotos(queue)).toBe(3);
    await resumeQueue(queue);
    expect(await readStatus(queue)).toMatchObject({ paused: false, waiting: 0, total: 0 });
    stopping.abort();
    expect((await working).done).toEqual([]);
  });

  test("a list that cannot be read is refused by name, and leaves the count of the last job", async () => {
    const folder = scratchFolder();
    const queue = newQueue();
    const out = join(folder, "lit");
    const photos = writePhotos(join(folder, "photos"), ["a.jpg", "b.jpg"]);
    await submitPhotos({ ...queue, inputs: [photos], out });
    await drain(queue);
    const submitList = (list: string) => submitPhotos({ ...queue, inputs: [], list, base: photos, out });
    const list = join(folder, "none.txt");
    await expect(submitList(list)).rejects.toMatchObject({
      code: "not-found",
      message: `${list}: there is no such file. Check the path.`,
    });
    await expect(submitList(folder)).rejects.toMatchObject({ message: expect.stringContaining(folder) });
    expect(await readStatus(queue)).toMatchObject({ total: 2, done: 2, enhanced: 2 });
  });

  test("a list names photos, which keep their path below a base and cannot leave it", async () => {
    const queue = newQueue();
    const folder = scratchFolder();
    const photos = writePhotos(join(folder, "in"), ["2024/a.jpg", "2025/a.jpg"]);
    const list = join(folder, "list.txt");
    writeFileSync(list, `2024/a.jpg\r\n\n${join(photos, "2025/a.jpg")}\n`);
    const out = join(folder, "out");
    expect(await submitPhotos({ ...queue, inputs: [], list, base: photos, out })).toMatchObject({ submitted: 2 });
    await drain(queue);
    expect(namesIn(out)).toEqual(["2024", "2024/a.jpg", "2025", "2025/a.jpg"]);
    writeFileSync(list, "../../etc/a.jpg\n");
    await expect(submitPhotos({ ...queue, inputs: [], list, base: photos, out })).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringMatching(/^--list, line 1: expected a photo below/),
    });
  });

  test("a worker stopped while it works finishes its photos and leaves the others", async () => {
    const queue = newQueue();
    const folder = scratchFolder();
    const names = Array.from({ length: 40 }, (_, i) => `${i}.jpg`);
    const photos = writePhotos(join(folder, "in"), names);
    await submitPhotos({ ...queue, inputs: [photos], out: join(folder, "out") });
    const stopping = new AbortController();
    const openUnits = pretendUnits({ longestMs: 200 });
    const summary = await workOnPhotos({
      ...queue,
      jobs: 2,
      openUnits,
      signal: stopping.signal,
      reporter: { finish: () => stopping.abort() },
    });
    const status = await readStatus(queue);
    expect(status).toMatchObject({ active: 0, done: summary.enhanced, waiting: 40 - summary.enhanced, total: 40 });
    expect(namesIn(join(folder, "out"))).toHaveLength(summary.enhanced);
  });

  test("the server killed and started again, tries failing by chance: each photo ends once, enhanced or set aside", {
    timeout: 600_000,
  }, async () => {
    const own = await startRedis();
    onTestFinished(() => own.stop());
    const queue = { queue: own.url, name: "killed" };
    const folder = scratchFolder();
    const names = Array.from({ length: 150 }, (_, i) => `${i}${i % 29 === 0 ? ".poison" : ""}.jpg`);
    const [photos, out] = [writePhotos(join(folder, "in"), names), join(folder, "out")];
    await submitPhotos({ ...queue, inputs: [photos], out, tries: 2, backoffMs: 100 });
    const openUnits = pretendUnits({ failures: 0.2, longestMs: 20, isPoison: (input) => input.includes("poison") });
    let begun = 0;
    const notices: string[] = [];
    const reporter = { finish: () => ++begun, notice: (message: string) => notices.push(message) };
    const work = () => workOnPhotos({ ...queue, jobs: 4, leaseSeconds: 2, drain: true, openUnits, reporter });
    const working = [work(), work()];
    await until("some photos", () => begun > 30);
    await own.kill();
    // A server that is back before anyone tries to reach it again was never away: it stays away until that is told.
    await until("notices of both workers", () => notices.length > 1);
    await own.restart();
    await Promise.all(working);
    const status = await readStatus(queue);
    expect(status).toMatchObject({ total: 150, waiting: 0, active: 0, delayed: 0 });
    const aside = (await failuresOf(queue)).map(({ input }) => input.slice(photos.length + 1));
    const results = namesIn(out);
    expect([results.length, aside.length]).toEqual([status.done, status.failed]);
    expect([...results, ...aside].toSorted()).toEqual(names.toSorted());
    expect(aside.filter((name) => name.includes("poison"))).toHaveLength(6);
    for (const name of results) {
      expect(readFileSync(join(out, name)).equals(pretendResult(Buffer.from(`content of ${name}`))), name).toBe(true);
    }
    expect(notices.slice(0, 2)).toEqual(Array(2).fill(expect.stringMatching(/^the queue cannot be reached, waiting /)));
    expect(new Set(notices.slice(2))).toEqual(new Set(["the queue is there again."]));
  });

  test("a server that refuses commands is told, once, and without end of the worker", async () => {
    const own = await startRedis();
    onTestFinished(() => own.stop());
    const queue = { queue: own.url, name: "full" };
    const photos = writePhotos(join(scratchFolder(), "in"), ["a.jpg"]);
    await submitPhotos({ ...queue, inputs: [photos], out: join(photos, "../out") });
    const client = new Redis(own.url);
    onTestFinished(() => client.disconnect());
    await client.config("SET", "maxmemory", "1");
    const notices: string[] = [];
    const reporter = { notice: (message: string) => notices.push(message) };
    const working = workOnPhotos({ ...queue, jobs: 1, drain: true, openUnits: pretendUnits(), reporter });
    await until("the notice", () => notices.length > 0);
    await client.config("SET", "maxmemory", "0");
    expect(await working).toMatchObject({ enhanced: 1 });
    expect(notices).toEqual([expect.stringMatching(/^the queue refuses a command: .*OOM/)]);
  });

  test("a wrong address is one error, which holds no password", async () => {
    const password = "hunter2-and-more";
    for (const queue of [`redis://:${password}@127.0.0.1:1/0`, `http://:${password}@host/`, `redis:${password}`]) {
      const error = await readStatus({ queue }).catch((cause) => cause);
      expect(error.code).toMatch(/^(unavailable|invalid-option)$/);
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(password);
    }
  });
});
