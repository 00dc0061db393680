import { KindlingError } from "@kindling/core";

/** Name of the cache that models are kept in, for use without a network. */
const cacheName = "kindling-models";

/** Opens the cache of models; undefined where there is none, as in some private windows and on pages without TLS. */
export async function openModelCache(): Promise<Cache | undefined> {
  return globalThis.caches?.open(cacheName).catch(() => undefined);
}

/**
 * Fetches a file and keeps it in the cache; takes it from there where the server cannot be reached.
 *
 * @throws {KindlingError} `not-found` where neither has it.
 */
export async function fetchKept(url: string): Promise<Response> {
  const cache = await openModelCache();
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    await cache?.put(url, response.clone()).catch(() => undefined);
    return response;
  } catch (cause) {
    const kept = await cache?.match(url);
    if (kept) return kept;
    throw createFetchError(url, cause);
  }
}

/** Creates the error for a file that could not be fetched. */
export function createFetchError(url: string, cause: unknown): KindlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KindlingError(
    "not-found",
    `${url}: the model cannot be fetched (${reason}). Check the connection, or choose another method.`,
    { cause },
  );
}
