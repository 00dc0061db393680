import { fork } from "node:child_process";
import { availableParallelism, cpus, totalmem } from "node:os";
import { type Device, KindlingError } from "@kindling/core";
import { factsOfMethod } from "../../enhance/facts-of-method.ts";
import { chooseWeights } from "../../enhance/fastest-weights.ts";
import { version } from "../../version.ts";
import { countNetworkMacs } from "./count-network-macs.ts";
import { measureCeiling } from "./measure-ceiling.ts";
import type { SpeedJob, SpeedReport, SpeedRow } from "./speed-row.ts";

/** What to measure. */
export interface MeasureSpeedOptions {
  /** Methods as `openEnhancer` takes them; weights of `ember.fastest` are chosen anew. */
  readonly methods: readonly string[];
  /** Sizes of photos in pixels. */
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  /** Where networks run; `auto` if not given. */
  readonly device?: Device | undefined;
  /** Threads of networks on the processor; one a core if not given. */
  readonly threads?: number | undefined;
  /** Folder of trained networks; the installed ones if not given. */
  readonly models?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before each row, and once at the end. */
  readonly onProgress?: ((done: number, total: number, doing: string) => void) | undefined;
}

/**
 * Measures how fast methods enhance photos of noise on this machine, and how much memory they take. Each row is a process
 * of its own.
 *
 * @throws {KindlingError} `invalid-option` for an unknown method; `internal` where a row's process failed, with its
 * reason; `cancelled` after an abort.
 * @example
 * const { rows } = await measureSpeed({ methods: ["ember"], sizes: [{ width: 640, height: 480 }] });
 * rows[0]?.megapixelsPerSecond;
 */
export async function measureSpeed({
  methods: asked,
  sizes,
  device = "auto",
  threads = availableParallelism(),
  models,
  signal,
  onProgress,
}: MeasureSpeedOptions): Promise<SpeedReport> {
  for (const method of asked) factsOfMethod(method);
  const methods: string[] = [];
  for (const method of asked) methods.push(await chooseWeights(method, { models, device, anew: true }));
  const jobs = methods.flatMap((method) =>
    sizes.map((size): SpeedJob => ({ ...size, method, device, threads, models })),
  );
  const rows: SpeedRow[] = [];
  for (const job of jobs) {
    onProgress?.(rows.length, jobs.length + 1, `${job.method} ${job.width}x${job.height}`);
    rows.push(await runJob(job, signal));
  }
  // Last: the rows' processes must start while this one is small, since on Linux their peak memory starts at its own.
  onProgress?.(jobs.length, jobs.length + 1, "matrix products");
  const ceilingMacsPerSecond = await measureCeiling(device, threads);
  const withShares: SpeedRow[] = [];
  for (const row of rows) {
    const macs = await countNetworkMacs({ ...row, models });
    const ceilingShare = macs && macs / (row.analysisMs / 1000) / ceilingMacsPerSecond;
    withShares.push({ ...row, macs, ceilingShare });
  }
  onProgress?.(jobs.length + 1, jobs.length + 1, "");
  return {
    version,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    device,
    threads,
    ceilingMacsPerSecond,
    rows: withShares,
  };
}

async function runJob(job: SpeedJob, signal: AbortSignal | undefined): Promise<SpeedRow> {
  const child = fork(new URL("./speed-process.js", import.meta.url), {
    ...(signal && { signal }),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let report: { readonly row?: SpeedRow; readonly message?: string } = {};
  child.on("message", (message: typeof report) => {
    report = message;
  });
  child.send(job);
  const ending = await new Promise<string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, killedBy) => resolve(killedBy ?? `exit status ${status}`));
  });
  if (signal?.aborted) throw new KindlingError("cancelled", "Cancelled before it was finished.");
  if (report.row) return report.row;
  const reason = report.message ?? `its process ended (${ending}). Is there enough memory?`;
  throw new KindlingError("internal", `${job.method}, ${job.width}x${job.height}: ${reason}`);
}
