import { problemsError } from "@kindling/lab/internal";
import { findPairs } from "./find-pairs.ts";
import type { PhotoPair } from "./photo-pair.ts";

/**
 * Finds the pairs of a data set that must be whole.
 *
 * @throws {KindlingError} what `findPairs` throws; one error that names every missing file and photo without a partner.
 */
export async function requirePairs(source: string, split: string): Promise<readonly PhotoPair[]> {
  const { pairs, failures } = await findPairs(source, split);
  if (failures.length === 0) return pairs;
  throw problemsError(
    source,
    failures.map(({ error }) => error),
  );
}
