import type { Photo } from "@kindling/core";
import type { FinishedFile } from "../../batch/job.ts";
import { encodePhoto } from "../../photo/encode.ts";
import { sha256Of } from "../../photo/regular-file.ts";
import { discardFile, stageFile } from "../../photo/write-file.ts";
import type { PlannedPair } from "./dark-pair.ts";

/** What a pair is made from: the hash of its file and its permissions; of a drawn scene no digits and none. */
export interface PairSource {
  readonly sha256: string;
  readonly mode?: number;
}

/** Encodes both photos of a pair and stages their files; none stays where one fails. */
export async function stagePair(
  { output, companions: [normalPath] }: PlannedPair,
  dark: Photo,
  normal: Photo,
  { sha256: sourceSha256, mode }: PairSource,
): Promise<FinishedFile[]> {
  const files: FinishedFile[] = [];
  try {
    for (const [path, content] of [
      [output, dark],
      [normalPath, normal],
    ] as const) {
      const { bytes } = await encodePhoto(content, {});
      files.push({ staged: await stageFile(path, bytes, { mode }), sha256: sha256Of(bytes), sourceSha256 });
    }
  } catch (error) {
    for (const { staged } of files) await discardFile(staged);
    throw error;
  }
  return files;
}
