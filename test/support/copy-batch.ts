import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { planBatch } from "../../packages/node/src/batch/batch-plan.ts";
import type { BatchSummary } from "../../packages/node/src/batch/batch-reporter.ts";
import { runBatch } from "../../packages/node/src/batch/run-batch.ts";
import { scratchFolder } from "./run-kindling.ts";

/**
 * The work of `copyBatch` as a module for a worker thread: the result is the photo with the settings' mark behind it. After
 * reading, it replaces the photo by `replacement`, if that is given.
 */
const worker = `
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
const sha256Of = (bytes) => createHash("sha256").update(bytes).digest("hex");
export async function copy({ photo, treatment: { mark, replacement, ms }, port }) {
  const source = readFileSync(photo.input);
  if (replacement !== undefined) writeFileSync(photo.input, replacement);
  await new Promise((resolve) => setTimeout(resolve, ms));
  const bytes = Buffer.concat([source, Buffer.from(mark)]);
  mkdirSync(dirname(photo.output), { recursive: true });
  const partial = photo.output + "." + randomUUID() + ".part";
  writeFileSync(partial, bytes);
  port.close();
  const file = { staged: { partial, path: photo.output }, sha256: sha256Of(bytes), sourceSha256: sha256Of(source) };
  return { ok: true, result: { files: [file], megapixels: 0 } };
}
`;

/** What a batch told. */
export interface CopyBatch {
  readonly summary: BatchSummary;
  readonly outputs: readonly string[];
  readonly failures: readonly { readonly code: string; readonly message: string }[];
  readonly notices: readonly { readonly path: string; readonly message: string }[];
  readonly progress: readonly number[];
}

/** How photos are copied. */
export interface CopyOptions {
  /** Stands for the settings: it is appended to every copy; default `+`. */
  readonly mark?: string;
  readonly overwrite?: boolean;
  readonly suffix?: string;
  readonly dryRun?: boolean;
  readonly replacement?: string;
  /** Time that a photo takes; default 0. */
  readonly ms?: number;
  readonly signal?: AbortSignal;
}

/** Runs a batch whose work is quick: plan, journal, guard and lock are those of every batch. */
export async function copyBatch(
  inputs: readonly string[],
  out: string,
  { mark = "+", overwrite = false, suffix, dryRun, replacement, ms = 0, signal }: CopyOptions = {},
): Promise<CopyBatch> {
  const file = join(scratchFolder(), "copy.mjs");
  writeFileSync(file, worker);
  const told = { outputs: [] as string[], failures: [] as { code: string; message: string }[] };
  const notices: { path: string; message: string }[] = [];
  const progress: number[] = [];
  const summary = await runBatch(await planBatch(inputs, out, { format: "keep", suffix }), out, {
    worker: { file: pathToFileURL(file), name: "copy" },
    treatment: { mark, replacement, ms },
    settings: { mark },
    jobs: 1,
    overwrite,
    dryRun,
    signal: signal ?? new AbortController().signal,
    reporter: {
      notice: (path, message) => notices.push({ path, message }),
      start: () => undefined,
      progress: (photos) => progress.push(photos),
      plan: (_input, output) => told.outputs.push(output),
      finish: (_input, output) => told.outputs.push(output),
      fail: (_input, code, message) => told.failures.push({ code, message }),
      end: () => undefined,
    },
  });
  return { summary, ...told, notices, progress };
}

/** Writes files that are photos by their names alone, each with its path as content. */
export function writeStandIns(folder: string, ...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
}
