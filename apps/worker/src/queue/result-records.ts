import type { OpenQueue } from "./open-queue.ts";
import { digest } from "./photo-job.ts";

/** What a result was made from, and how. */
export interface ResultRecord {
  /** SHA-256 of the result. */
  readonly result: string;
  /** SHA-256 of its photo. */
  readonly source: string;
  /** Hash of everything else that determines it. */
  readonly settings: string;
  /** SHA-256 of an earlier result of the fleet that it replaces: which of both lies there is known by its content. */
  readonly replaced?: string | undefined;
}

/**
 * The record of a result; undefined for one that this queue did not make. Records let a photo that comes again be skipped,
 * and tell results from files of other programs.
 */
export async function findRecord({ redis, key }: OpenQueue, output: string): Promise<ResultRecord | undefined> {
  const [result, source, settings, replaced] = (await redis.hget(key("results"), digest(output)))?.split(" ") ?? [];
  if (!result || !source || !settings) return undefined;
  return { result, source, settings, replaced };
}

/** Keeps the record of a result, just before it takes its place. */
export async function keepRecord({ redis, key }: OpenQueue, output: string, record: ResultRecord): Promise<void> {
  const { result, source, settings, replaced } = record;
  const words = [result, source, settings, ...(replaced === undefined || replaced === result ? [] : [replaced])];
  await redis.hset(key("results"), digest(output), words.join(" "));
}
