import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodePhoto, encodePhoto, KindlingError, openEnhancer } from "@kindling/node";
import { withoutPlace } from "@kindling/node/internal";
import { expect, test } from "vitest";
import { jsonLines, outcomeOf, scratchFolder, startKindling } from "../support/run-kindling.ts";
import { malformedFiles } from "./malformed-files.ts";

const count = 2000;
const seed = 15;
const timeout = 3_600_000;
/** Most processor time for one file, in seconds, and most growth of the memory after the first quarter, in bytes. */
const mostSeconds = 3;
const mostGrowth = 200e6;

const knownCodes = new Set(["damaged", "not-a-photo", "unsupported", "too-large"]);

test(`${count} malformed files through the library: each a picture or an error on one line, in bounded time and memory`, {
  timeout,
}, async () => {
  const files = await malformedFiles(count, seed, scratchFolder());
  const enhancer = await openEnhancer({ method: "he" });
  const outcomes = new Map<string, number>();
  const slow: string[] = [];
  let slowest = 0;
  let early = 0;
  let peak = 0;
  for (const [index, { name, bytes }] of files.entries()) {
    const before = process.cpuUsage();
    let outcome = "read";
    try {
      const photo = await decodePhoto(bytes, { name, maxMegapixels: 20 });
      const scene = await enhancer.analyse(photo);
      const lit = await scene.relight({ light: 2 });
      await encodePhoto({ ...lit, metadata: withoutPlace(lit.metadata) }, {});
    } catch (error) {
      expect(error, name).toBeInstanceOf(KindlingError);
      const { code, message } = error as KindlingError;
      outcome = code;
      expect([...knownCodes], `${name}: ${message}`).toContain(code);
      expect(message).toMatch(/^[^\n]*$/);
      expect(message).toContain(name);
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    const { user, system } = process.cpuUsage(before);
    const seconds = (user + system) / 1e6;
    slowest = Math.max(slowest, seconds);
    if (seconds > mostSeconds) slow.push(`${name}: ${seconds} s`);
    const { rss } = process.memoryUsage();
    if (index < count / 4) early = Math.max(early, rss);
    else peak = Math.max(peak, rss);
  }
  await enhancer.close();
  const facts = { ...Object.fromEntries(outcomes), slowest, earlyMB: early / 1e6, peakMB: peak / 1e6 };
  process.stdout.write(`library: ${JSON.stringify(facts)}\n`);
  expect(slow).toEqual([]);
  expect(peak - early).toBeLessThan(mostGrowth);
});

test(`${count} malformed files through the command line: each told once, memory flat, nothing half done`, {
  timeout,
}, async () => {
  const folder = scratchFolder();
  const [photos, out] = [join(folder, "in"), join(folder, "out")];
  mkdirSync(photos);
  for (const { name, bytes } of await malformedFiles(count, seed + 1, folder)) writeFileSync(join(photos, name), bytes);
  const words = [
    "enhance",
    photos,
    "-o",
    out,
    "-m",
    "he",
    "-j",
    "2",
    "--max-megapixels",
    "20",
    "--strip-gps",
    "--json",
  ];
  const child = startKindling(words);
  const samples: number[] = [];
  const sampling = setInterval(() => {
    const rss = residentBytes(child.pid);
    if (rss !== undefined) samples.push(rss);
  }, 250);
  const { status, stdout, stderr } = await outcomeOf(child);
  clearInterval(sampling);
  const events = jsonLines(stdout);
  const failures = events.filter(({ event }) => event === "failed");
  const end = events.at(-1) ?? {};
  const quarter = Math.ceil(samples.length / 4);
  // Of so many samples, half a minute's at least, the first quarter holds the start and hundreds of files.
  const [early, peak] = [Math.max(...samples.slice(0, quarter)), Math.max(...samples.slice(quarter))];
  const facts = { enhanced: end["enhanced"], failed: end["failed"], seconds: end["seconds"] };
  process.stdout.write(`command line: ${JSON.stringify({ ...facts, earlyMB: early / 1e6, peakMB: peak / 1e6 })}\n`);

  expect(stderr).toBe("");
  expect(status).toBe(1);
  expect(events.filter(({ event }) => event === "enhanced").length + failures.length).toBe(count);
  for (const { code, message } of failures) {
    expect([...knownCodes], String(message)).toContain(code);
    expect(message).toMatch(/^[^\n]*$/);
  }
  expect(readdirSync(out).filter((name) => name.includes("kindling-part"))).toEqual([]);
  if (samples.length > 0) expect(peak - early).toBeLessThan(mostGrowth);
});

/** What a process has in memory, in bytes; undefined where the system does not tell it in this way. */
function residentBytes(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
