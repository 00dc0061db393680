import { readFileSync } from "node:fs";
import { join } from "node:path";
import autocannon from "autocannon";
import { expect, test } from "vitest";
import { malformedFiles } from "../reliability/malformed-files.ts";
import { writeDarkPhoto } from "../support/dark-photo.ts";
import { outcomeOf, scratchFolder, startKindling } from "../support/run-kindling.ts";
import { readFigure } from "../support/test-server.ts";

const seconds = Number(process.env["KINDLING_OVERLOAD_SECONDS"] ?? 600);
const capacity = { jobs: 2, queue: 6 };
/** Most growth of the memory after the first quarter, in bytes. */
const mostGrowth = 150e6;

test(`at twice its capacity for ${seconds} s the server stays up, refuses at once, and its memory stays flat`, {
  timeout: 7_200_000,
}, async () => {
  const folder = scratchFolder();
  const path = join(folder, "dark.jpg");
  await writeDarkPhoto(path, { width: 640, height: 480 });
  const words = ["serve", "--port", "0", "--jobs", `${capacity.jobs}`, "--queue", `${capacity.queue}`];
  const child = startKindling([...words, "--log-level", "error"]);
  const outcome = outcomeOf(child);
  const url = await new Promise<string>((resolve) => {
    child.stderr?.on("data", (chunk) => resolve(/http:\S+\d/.exec(String(chunk))?.[0] ?? ""));
  });
  while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 500));
  const memory: number[] = [];
  const watch = setInterval(
    async () => {
      memory.push(await readFigure(url, "process_resident_memory_bytes").catch(() => Number.NaN));
    },
    (seconds * 1000) / 60,
  );
  const body = readFileSync(path);
  const broken = await malformedFiles(200, 19, folder);
  // Every tenth photo is malformed.
  const requests = Array.from({ length: 20 }, (_, i) => ({
    method: "POST" as const,
    path: "/v1/enhance",
    body: i % 10 === 9 ? (broken[(i * 7) % broken.length]?.bytes ?? body) : body,
  }));
  const connections = 2 * (capacity.jobs + capacity.queue);
  const probing = probe(url, body);
  const result = await autocannon({ url, connections, duration: seconds, timeout: 120, requests });
  clearInterval(watch);
  const waits = await probing.end();
  const early = Math.max(...memory.slice(0, memory.length / 4));
  const late = Math.max(...memory.slice(memory.length / 4));
  const facts = {
    answered: result.requests.total,
    enhanced: result["2xx"],
    statuses: result.statusCodeStats,
    errors: result.errors,
    refusedMs: waits["503"],
    enhancedMs: waits["200"],
    earlyMB: early / 1e6,
    lateMB: late / 1e6,
  };
  process.stdout.write(`overload: ${JSON.stringify(facts)}\n`);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  child.kill("SIGTERM");
  const { status, stdout, stderr } = await outcome;
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  expect(stderr.split("\n").filter(Boolean)).toHaveLength(1);
  const known = ["200", "400", "413", "415", "422", "503"];
  expect(Object.keys(result.statusCodeStats ?? {}).filter((code) => !known.includes(code))).toEqual([]);
  expect(result["2xx"]).toBeGreaterThan(0);
  expect(result.statusCodeStats?.["503"]?.count).toBeGreaterThan(0);
  // A refusal waits for no photo: it is there in a small part of the time that one takes.
  expect(waits["503"]?.median).toBeLessThan(0.1 * (waits["200"]?.median ?? 0));
  expect(late - early).toBeLessThan(mostGrowth);
});

/**
 * Sends a photo again and again, from a client of its own: the load's forgets when it began where a connection was closed.
 * At the end it gives the times in milliseconds by the status answered.
 */
function probe(url: string, body: Uint8Array) {
  const waits: Record<string, number[]> = {};
  let isOver = false;
  const run = async () => {
    while (!isOver) {
      const startedAt = performance.now();
      const answer = await fetch(`${url}/v1/enhance`, { method: "POST", body: body as BodyInit }).catch(
        () => undefined,
      );
      await answer?.arrayBuffer().catch(() => undefined);
      const status = `${answer?.status ?? "no answer"}`;
      waits[status] = [...(waits[status] ?? []), performance.now() - startedAt];
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const running = run();
  return {
    async end() {
      isOver = true;
      await running;
      const summarise = (times: readonly number[]) => {
        const sorted = times.map(Math.round).toSorted((a, b) => a - b);
        return { count: sorted.length, median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
      };
      return Object.fromEntries(Object.entries(waits).map(([status, times]) => [status, summarise(times)]));
    },
  };
}
