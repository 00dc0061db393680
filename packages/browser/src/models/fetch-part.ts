import { type FollowOptions, KindlingError, throwIfCancelled } from "@kindling/core";
import { modelCache, notFetched } from "./fetch-kept.ts";
import { sha256Hex } from "./sha256-hex.ts";

/** A file of a model, as its manifest describes it. */
export interface PartFile {
  readonly url: string;
  readonly bytes: number;
  /** In lower-case hexadecimal digits. */
  readonly sha256: string;
}

/**
 * The bytes of a model's file: from the browser's cache, or fetched, checked and kept there.
 *
 * @throws {KindlingError} `not-found` where it cannot be fetched, `damaged` where the bytes that came are others than
 * the manifest says, `cancelled`.
 */
export async function fetchPart(file: PartFile, options: FollowOptions = {}): Promise<Uint8Array> {
  throwIfCancelled(options.signal);
  const cache = await modelCache();
  const kept = await cache?.match(file.url);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if ((await sha256Hex(bytes)) === file.sha256) return bytes;
    await cache?.delete(file.url);
  }
  const bytes = await download(file, options);
  if ((await sha256Hex(bytes)) !== file.sha256) {
    throw new KindlingError(
      "damaged",
      `${file.url}: what was fetched is not the model that the manifest names. Load the page again.`,
    );
  }
  // Without room to keep it the model still works; it is fetched again the next time.
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
    throw notFetched(url, cause);
  }
}
