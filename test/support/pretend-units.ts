import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Enhancement, JobOutcome, PlannedPhoto } from "@kindling/node/internal";
import { sha256Of, stageFile } from "@kindling/node/internal";
import type { OpenUnits } from "@kindling/worker";

/** How work is pretended. */
export interface Pretence {
  /** Longest time a photo takes, in milliseconds. */
  readonly longestMs?: number;
  /** Share of tries that fail by chance, 0 to 1. */
  readonly failures?: number;
  /** Whether a photo can never be read. */
  readonly isPoison?: (input: string) => boolean;
}

/** The result that is pretended for a photo's content: 20 kB that follow from it. */
export function pretendResult(content: Uint8Array): Buffer {
  return Buffer.concat(
    Array.from({ length: 320 }, (_, i) => createHash("sha512").update(content).update(`${i}`).digest()),
  );
}

/** Opens units of work that only pretend to enhance: they read the photo, wait, and stage a result that follows from it. */
export function pretendUnits({ longestMs = 0, failures = 0, isPoison = () => false }: Pretence = {}): OpenUnits {
  const run = async ({ input, output }: PlannedPhoto): Promise<JobOutcome<Enhancement>> => {
    if (longestMs > 0) await wait(longestMs * Math.random());
    if (isPoison(input)) return { ok: false, code: "damaged", message: `${input}: pretended to be damaged.` };
    if (Math.random() < failures) return { ok: false, code: "internal", message: `${input}: pretended to fail.` };
    try {
      const content = await readFile(input);
      const bytes = pretendResult(content);
      const staged = await stageFile(output, bytes);
      const file = { staged, sha256: sha256Of(bytes), sourceSha256: sha256Of(content) };
      const facts = { bytes: bytes.length, megapixels: 1, seconds: 0, light: 2, notes: [], format: "jpeg" as const };
      return { ok: true, result: { files: [file], method: "gamma", luminance: { before: 0.1, after: 0.2 }, ...facts } };
    } catch (error) {
      const { code = "internal", message } = error as { code?: "disk-full"; message: string };
      return { ok: false, code, message };
    }
  };
  return async () => ({ run, close: async () => undefined });
}
