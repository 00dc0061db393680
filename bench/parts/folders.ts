import { mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultMethod } from "@kindling/node";
import { measureNode, runNode } from "../metered-command.ts";
import { type Bench, commandOf, leastInTurns } from "../report/bench.ts";
import { combine, type Pair, type Row, type Table } from "../report/table.ts";
import type { RateJob } from "./network-rate-process.ts";
import { megapixelsOf, nameOf, type Size, twelveMegapixels, vga, writePhoto } from "./photos-to-measure.ts";

/** How many photos each folder has. */
export interface FolderCounts {
  /** Of 640x480. */
  readonly small: number;
  /** Of 12 megapixels. */
  readonly large: number;
}

/** Measures the default method on folders of photos, beside what its sessions alone reach. */
export async function measureFolders(bench: Bench, counts: FolderCounts): Promise<Table> {
  const cores = availableParallelism();
  const alone = await measureNetworkRate(bench, { sessions: 1, threads: cores });
  const shared = await measureNetworkRate(bench, { sessions: cores, threads: 1 });
  const folders = [
    { count: counts.small, size: vga },
    { count: counts.large, size: twelveMegapixels },
  ];
  const rows: Row[] = [];
  for (const { count, size } of folders) {
    if (count > 0) rows.push(await measureFolder(bench, count, size, { alone, shared }));
  }
  return {
    title: "Folders",
    about:
      `\`kindling enhance\` of a folder of JPEGs with ${defaultMethod}, from the start of the process to its end. The network alone: ` +
      `pixels a second while its sessions run, on photos of ${nameOf(vga)}, which are one tile, in one process with ${cores} threads: ` +
      "one session on all of them, or as many sessions at once with a thread each, as a folder has them. The share is of the faster.",
    words: ["folder"],
    figures: [
      { head: "s" },
      { head: "processor s" },
      { head: "photos/s" },
      { head: "MP/s" },
      { head: "peak MB" },
      { head: `network alone MP/s, 1 session` },
      { head: `${cores} sessions` },
      { head: "of network alone %", digits: 0 },
    ],
    rows,
  };
}

async function measureFolder(
  bench: Bench,
  count: number,
  size: Size,
  { alone, shared }: { readonly alone: Pair; readonly shared: Pair },
): Promise<Row> {
  const [photos, result] = [join(bench.folder, `photos-${nameOf(size)}`), join(bench.folder, "lit")];
  const name = `${count} photos of ${nameOf(size)}`;
  bench.tell(`${name}: writing them`);
  mkdirSync(photos, { recursive: true });
  for (let i = 0; i < count; i++) await writePhoto(join(photos, `${i}.jpg`), size, i);
  const cost = await leastInTurns(bench, { doing: name, runs: 1 }, (checkout) => {
    rmSync(result, { recursive: true, force: true });
    return { ...measureNode(commandOf(checkout), "enhance", photos, "-o", result, "-m", defaultMethod) };
  });
  rmSync(photos, { recursive: true });
  rmSync(result, { recursive: true, force: true });
  const [seconds, processorSeconds] = [cost("wallMs"), cost("processorMs")].map((ms) => combine((of) => of / 1e3, ms));
  const rate = combine((s) => (count * megapixelsOf(size)) / s, seconds);
  return {
    words: [name],
    figures: [
      seconds,
      processorSeconds,
      combine((s) => count / s, seconds),
      rate,
      combine((bytes) => bytes / 1e6, cost("peakBytes")),
      alone,
      shared,
      combine((own, one, many) => (100 * own) / Math.max(one, many), rate, alone, shared),
    ],
  };
}

/** Megapixels a second that the sessions of the default method reach, without other work. */
async function measureNetworkRate(bench: Bench, how: Pick<RateJob, "sessions" | "threads">): Promise<Pair> {
  const program = fileURLToPath(new URL("./network-rate-process.ts", import.meta.url));
  const doing = `the network alone, ${how.sessions} of its sessions at once, threads of each: ${how.threads}`;
  const figure = await leastInTurns(bench, { doing, runs: 1 }, (checkout) => {
    const job: RateJob = { ...vga, ...how, checkout, method: defaultMethod, seconds: bench.isQuick ? 1 : 6 };
    return { pixels: Number(runNode(...process.execArgv, program, JSON.stringify(job))) };
  });
  return combine((pixels) => pixels / 1e6, figure("pixels"));
}
