import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { KindlingError } from "@kindling/node";
import {
  discardFile,
  type Enhancement,
  type EnhanceWorkers,
  formatOfPath,
  type MemoryGate,
  peekPixelCount,
  sha256OfFile,
} from "@kindling/node/internal";
import { findPlace } from "../places/find-place.ts";
import type { OpenQueue } from "../queue/open-queue.ts";
import type { PhotoJob } from "../queue/photo-job.ts";
import { addToSums } from "../queue/read-status.ts";
import { findRecord, keepRecord } from "../queue/result-records.ts";
import type { PlannedOrder } from "../submit/plan-order.ts";
import { resultPath } from "../submit/result-path.ts";

/** What one machine works with. */
export interface Workplace {
  readonly queue: OpenQueue;
  readonly units: EnhanceWorkers;
  readonly gate: MemoryGate;
  /** Folder of this worker alone, for what is fetched from buckets and sent there. */
  readonly scratch: string;
}

/** What became of a photo; without an enhancement its result was there already. */
export interface QueuedResult {
  readonly input: string;
  readonly output: string;
  readonly enhancement?: Enhancement | undefined;
}

/**
 * Enhances one photo of the queue. Its result takes its place whole or not at all; where the same result lies there
 * already nothing is done, so that a photo may come any number of times, from two workers at once, too.
 *
 * @param isRepeated whether a worker may have died on it.
 * @throws {KindlingError} for every failure.
 */
export async function enhanceQueued(
  workplace: Workplace,
  { input, below }: PhotoJob,
  { order, treatment, fingerprint }: PlannedOrder,
  isRepeated: boolean,
): Promise<QueuedResult> {
  const { queue, units, gate } = workplace;
  const [source, target] = [await findPlace(input), await findPlace(order.out)];
  const output = target.join(order.out, resultPath(below, order.format, order.depth));
  const scratch = await mkdtemp(join(workplace.scratch, "photo-"));
  try {
    const local = await source.fetch(input, scratch);
    await target.requireOwnPlace(input, output, order.out);
    if (isRepeated) await target.clear(output);
    const there = await target.sha256At(output);
    const record = there === undefined ? undefined : await findRecord(queue, output);
    const isOwn = there === undefined || there === record?.result || there === record?.replaced;
    if (there !== undefined && there === record?.result && record.settings === fingerprint) {
      if (record.source === (await sha256OfFile(local))) return { input, output };
    }
    const leave = await gate.enter((await peekPixelCount(local)) ?? 0, formatOfPath(output));
    try {
      const staged = target.stagingPath(output, scratch);
      const outcome = await units.run({ input: local, output: staged }, treatment);
      // Errors name the file on this machine; people know the photo's own name.
      if (!outcome.ok) throw new KindlingError(outcome.code, outcome.message.replaceAll(local, input));
      const { result } = outcome;
      const [file] = result.files;
      if (!file) throw new KindlingError("internal", `${input}: it became no file.`);
      try {
        const now = await target.sha256At(output);
        // Made before by a worker that died, or by another at the same time.
        const isMade = now === file.sha256;
        if (!isMade && !order.overwrite) requireReplaceable(input, output, isOwn && now === there);
        const made = { result: file.sha256, source: file.sourceSha256, settings: fingerprint };
        await keepRecord(queue, output, { ...made, replaced: isOwn ? now : undefined });
        if (isMade) await discardFile(file.staged);
        else await target.deliver(file, output);
      } catch (error) {
        await discardFile(file.staged);
        throw error;
      }
      await addToSums(queue, result.megapixels);
      return { input, output, enhancement: result };
    } finally {
      leave();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function requireReplaceable(input: string, output: string, isOwn: boolean): void {
  if (isOwn) return;
  const reason = `${output} is there already and was not made by this fleet`;
  throw new KindlingError("exists", `${input}: ${reason}. Choose another --out, or submit with --overwrite.`);
}
