import type { Photo } from "@kindling/core";
import type { FinishedFile } from "../../batch/job.ts";
import { encodePhoto } from "../../photo/encode.ts";
import { discardFile, stageFile } from "../../photo/write-file.ts";
import type { PlannedPair } from "./dark-pair.ts";

/** Encodes both photos of a pair and stages their files; none stays where one fails. */
export async function stagePair(
  { output, companions: [normalPath] }: PlannedPair,
  dark: Photo,
  normal: Photo,
): Promise<FinishedFile[]> {
  const files: FinishedFile[] = [];
  try {
    for (const [path, content] of [
      [output, dark],
      [normalPath, normal],
    ] as const) {
      const { bytes } = await encodePhoto(content, {});
      files.push({ staged: await stageFile(path, bytes), bytes: bytes.length });
    }
  } catch (error) {
    for (const { staged } of files) await discardFile(staged);
    throw error;
  }
  return files;
}
