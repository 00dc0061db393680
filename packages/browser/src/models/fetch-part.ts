import { type FollowOptions, KindlingError } from "@kindling/core";
import { throwIfCancelled } from "@kindling/core/internal";
import { createFetchError, openModelCache } from "./fetch-kept.ts";
import { hashSha256 } from "./hash-sha256.ts";

/** A file of a model as described in its manifest. */
export interface PartFile {
  readonly url: string;
  readonly bytes: number;
  /** In lower-case hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Loads a model's file from the browser's cache, or fetches it, checks its hash and keeps it there.
 *
 * @throws {KindlingError} `not-found` where it cannot be fetched; `damaged` where its hash is not the manifest's;
 * `cancelled`.
 */
export async function fetchPart(file: PartFile, options: FollowOptions = {}): Promise<Uint8Array> {
  throwIfCancelled(options.signal);
  const cache = await openModelCache();
  const kept = await cache?.match(file.url);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if ((await hashSha256(bytes)) === file.sha256) return bytes;
    await cache?.delete(file.url);
  }
  const bytes = await download(file, options);
  if ((await hashSha256(bytes)) !== file.sha256) {
    throw new KindlingError(
      "damaged",
      `${file.url}: the file does not match the SHA-256 in its manifest. Load the page again.`,
    );
  }
  // Where the cache is full the model still works; the next page fetches it again.
  await cache?.put(file.url, new Response(bytes)).catch(() => undefined);
  return bytes;
}

async function download(
  { url, bytes: expected }: PartFile,
  { signal, onProgress }: FollowOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, { signal: signal ?? null });
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let arrived = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      arrived += value.length;
      onProgress?.(Math.min(1, arrived / expected));
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  } catch (cause) {
    throwIfCancelled(signal);
    throw createFetchError(url, cause);
  }
}
