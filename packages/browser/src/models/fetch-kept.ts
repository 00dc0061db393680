import { KindlingError } from "@kindling/core";

/** Name of the cache that models are kept in, for use without a network. */
const cacheName = "kindling-models";

/** The cache of models; nothing where the browser gives none, as in private windows of some and on pages without TLS. */
export async function modelCache(): Promise<Cache | undefined> {
  return globalThis.caches?.open(cacheName).catch(() => undefined);
}

/**
 * A file from the server, kept for the next time; the kept one where the server cannot be reached.
 *
 * @throws {KindlingError} `not-found` where there is neither.
 */
export async function fetchKept(url: string): Promise<Response> {
  const cache = await modelCache();
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    await cache?.put(url, response.clone()).catch(() => undefined);
    return response;
  } catch (cause) {
    const kept = await cache?.match(url);
    if (kept) return kept;
    throw notFetched(url, cause);
  }
}

/** The error for a file that did not come. */
export function notFetched(url: string, cause: unknown): KindlingError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new KindlingError(
    "not-found",
    `${url}: the model cannot be fetched (${reason}). Check the connection, or choose another method.`,
    { cause },
  );
}
