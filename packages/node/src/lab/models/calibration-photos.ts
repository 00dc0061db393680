import type { Picture } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { spreadEvenly } from "@kindling/lab/internal";
import { readPhoto } from "../../photo/photo-file.ts";
import { requirePairs } from "../pairs/require-pairs.ts";

/** Pairs of each set, evenly spread over its training pairs; of every third one the bright photo is taken too. */
const pairsPerSet = 12;

/**
 * Reads photos that the ranges of 8-bit integers are measured on, from the training pairs of data sets.
 *
 * @param onProgress gets the number of photos read, of all, and the next one's path.
 * @throws {KindlingError} what `findPairs` and `readPhoto` throw; `cancelled`.
 */
export async function* calibrationPhotos(
  sources: readonly string[],
  signal: AbortSignal | undefined,
  onProgress: ((done: number, total: number, doing: string) => void) | undefined,
): AsyncGenerator<Picture> {
  const sets = await Promise.all(sources.map((source) => requirePairs(source, "train")));
  const photos = sets.flatMap((pairs) =>
    spreadEvenly(pairs, pairsPerSet).flatMap(({ low, normal }, i) => (i % 3 === 0 ? [low, normal] : [low])),
  );
  for (const [i, photo] of photos.entries()) {
    throwIfCancelled(signal);
    onProgress?.(i, photos.length, photo);
    yield (await readPhoto(photo)).picture;
  }
  onProgress?.(photos.length, photos.length, "");
}
