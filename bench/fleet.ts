/**
 * What a queue costs its Redis or Valkey server, and so how large a fleet may be: photos are submitted to a real server, and
 * workers take them that only pretend to enhance.
 *
 * Run: npx tsx bench/fleet.ts [photos] [workers]. Prints Markdown. Processor time of the server does not depend on what
 * else the machine does; rates do.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sha256Of, stageFile } from "@kindling/node/internal";
import { type OpenUnits, readStatus, submitPhotos, workOnPhotos } from "@kindling/worker";
import { Redis } from "ioredis";
import { noRedis, redisProgram, startRedis } from "../test/support/redis-server.ts";

/** Photos that a worker of the simulation has in work. */
const jobs = 16;

const [task = "20000", second = "2"] = process.argv.slice(2);
if (redisProgram === undefined) console.log(noRedis);
else if (task === "work") await workOnPhotos({ queue: second, jobs, drain: true, openUnits: pretend() });
else await simulate(Number(task), Number(second));

/** A unit of work that reads nothing and writes a result of 64 bytes. */
function pretend(): OpenUnits {
  return async () => ({
    run: async ({ input, output }) => {
      const bytes = Buffer.from(sha256Of(Buffer.from(input)));
      const file = { staged: await stageFile(output, bytes), sha256: sha256Of(bytes), sourceSha256: bytes.toString() };
      const facts = { bytes: bytes.length, megapixels: 24, seconds: 0, light: 2, notes: [], format: "jpeg" as const };
      return { ok: true, result: { files: [file], method: "gamma", luminance: { before: 0.1, after: 0.2 }, ...facts } };
    },
    close: async () => undefined,
  });
}

async function simulate(photos: number, workers: number): Promise<void> {
  // In memory where there is such a folder: the server is measured, not the disk.
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "kindling-bench-"));
  const server = await startRedis({ fsync: "everysec" });
  const redis = new Redis(server.url);
  try {
    const list = join(folder, "list.txt");
    for (let i = 0; i < 100; i++) mkdirSync(join(folder, "2024", String(i)), { recursive: true });
    const names = Array.from({ length: photos }, (_, i) => `2024/${i % 100}/DSC_${String(i).padStart(7, "0")}.jpg`);
    writeFileSync(list, names.join("\n"));
    const out = join(folder, "out");
    const [empty, rssBefore] = [await look(redis), process.memoryUsage.rss()];
    let rss = 0;
    const onProgress = () => {
      rss = Math.max(rss, process.memoryUsage.rss());
    };
    const submitS = await timed(() =>
      submitPhotos({ queue: server.url, inputs: [], list, base: folder, out, onProgress }).then(() => undefined),
    );
    const full = await look(redis);
    const workS = await timed(async () => {
      await Promise.all(Array.from({ length: workers }, () => startWorker(server.url)));
    });
    const { done } = await readStatus({ queue: server.url });
    const records = Number(await redis.memory("USAGE", "kindling:photos:results", "SAMPLES", 0));
    const end = await look(redis);
    const per = (value: number, digits = 0) => (value / photos).toFixed(digits);
    const [submitCpu, workCpu] = [full.cpuS - empty.cpuS, end.cpuS - full.cpuS];
    console.log(
      `${photos} photos, ${workers} workers with ${jobs} in work each, ${done} done; load ${loadavg()[0]?.toFixed(0)}.\n`,
    );
    console.log("| | submit | work |\n| --- | --- | --- |");
    console.log(`| photos a second here | ${(photos / submitS).toFixed(0)} | ${(photos / workS).toFixed(0)} |`);
    console.log(
      `| commands of the server a photo | ${per(full.commands - empty.commands, 1)} | ${per(end.commands - full.commands, 1)} |`,
    );
    console.log(`| its processor time a photo, ms | ${per(1000 * submitCpu, 3)} | ${per(1000 * workCpu, 3)} |`);
    console.log(
      `| photos a second of one busy server core | ${(photos / submitCpu).toFixed(0)} | ${(photos / workCpu).toFixed(0)} |`,
    );
    console.log(`| its memory a photo, bytes | ${per(full.bytes - empty.bytes)} waiting | ${per(records)} done |`);
    console.log(
      `\nMemory of kindling submit: ${(rssBefore / 1e6).toFixed(0)} MB before, ${(rss / 1e6).toFixed(0)} MB at most.`,
    );
  } finally {
    redis.disconnect();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the server has done and holds. */
async function look(redis: Redis): Promise<{ cpuS: number; commands: number; bytes: number }> {
  const text = await redis.info();
  const read = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(text)?.[1] ?? Number.NaN);
  return {
    cpuS: read("used_cpu_user_main_thread") + read("used_cpu_sys_main_thread"),
    commands: read("total_commands_processed"),
    bytes: read("used_memory"),
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

/** Starts a worker in a process of its own and waits for its end. */
function startWorker(queue: string): Promise<void> {
  const words = ["--import", "tsx", fileURLToPath(import.meta.url), "work", queue];
  const child = spawn(process.execPath, words, { stdio: "inherit" });
  return new Promise((resolve, reject) => child.on("error", reject).on("close", () => resolve()));
}
