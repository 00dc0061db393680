import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeText } from "../photo/write-text.ts";
import type { Machine } from "./describe-machine.ts";

/** What a measurement holds for: the hashes of the parts of all weights that were compared, by name, and the machine. */
export interface MeasurementKey extends Machine {
  readonly weights: Readonly<Record<string, readonly string[]>>;
}

/** Processor time of an analysis in milliseconds, by the name of the weights. */
export type AnalysisTimes = Readonly<Record<string, number>>;

const kept = z.object({ format: z.literal(1), key: z.unknown(), ms: z.record(z.string(), z.number().positive()) });

/**
 * Reads the measurement of a key.
 *
 * @returns undefined where there is none, or its file is damaged or of another key.
 */
export async function readMeasurement(folder: string, key: MeasurementKey): Promise<AnalysisTimes | undefined> {
  const text = await readFile(fileOf(folder, key), "utf8").catch(() => "");
  try {
    const { key: of, ms } = kept.parse(JSON.parse(text));
    const isComplete = Object.keys(key.weights).every((name) => ms[name] !== undefined);
    return isComplete && JSON.stringify(of) === JSON.stringify(key) ? ms : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a measurement, in a file of its own, for other processes whole or not at all; where nothing can be written, nothing. */
export async function keepMeasurement(folder: string, key: MeasurementKey, ms: AnalysisTimes): Promise<void> {
  const text = `${JSON.stringify({ format: 1, key, ms }, undefined, 2)}\n`;
  await writeText(fileOf(folder, key), text).catch(() => undefined);
}

/** A file for each key, so that two processes never write what the other must keep. */
function fileOf(folder: string, key: MeasurementKey): string {
  const hash = createHash("sha256").update(JSON.stringify(key)).digest("hex");
  return join(folder, `weights-${hash.slice(0, 16)}.json`);
}
