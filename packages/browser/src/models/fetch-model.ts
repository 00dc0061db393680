import { KindlingError } from "@kindling/core";
import { sha256Hex } from "./sha256-hex.ts";

/** A file of a model, as its manifest describes it. */
export interface ModelFile {
  readonly url: string;
  readonly bytes: number;
  /** In lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** How a file is fetched. */
export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told the share that has arrived, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Name of the cache that models are kept in, for use without a network. */
export const modelCacheName = "kindling-models";

/**
 * The bytes of a model's file: from the browser's cache, or fetched, checked and kept there.
 *
 * @throws {KindlingError} `not-found` where it cannot be fetched, `invalid-model` where the bytes that came are others
 * than the manifest says, `cancelled`.
 */
export async function fetchModel(file: ModelFile, options: FetchOptions = {}): Promise<Uint8Array> {
  // A cache is not there in private windows of some browsers, nor on pages without TLS.
  const cache = await globalThis.caches?.open(modelCacheName).catch(() => undefined);
  const kept = await cache?.match(file.url);
  if (kept) {
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if ((await sha256Hex(bytes)) === file.sha256) return bytes;
    await cache?.delete(file.url);
  }
  const bytes = await download(file, options);
  if ((await sha256Hex(bytes)) !== file.sha256) {
    throw new KindlingError(
      "invalid-model",
      `${file.url}: what was fetched is not the model that the manifest names. Load the page again.`,
    );
  }
  // Without room to keep it the model still works; it is fetched again the next time.
  await cache?.put(file.url, new Response(bytes as Uint8Array<ArrayBuffer>)).catch(() => undefined);
  return bytes;
}

async function download(file: ModelFile, { signal, onProgress }: FetchOptions): Promise<Uint8Array> {
  try {
    const response = await fetch(file.url, { ...(signal && { signal }) });
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let arrived = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      arrived += value.length;
      onProgress?.(Math.min(1, arrived / file.bytes));
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  } catch (cause) {
    if (signal?.aborted) throw new KindlingError("cancelled", "Cancelled before it was finished.", { cause });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KindlingError(
      "not-found",
      `${file.url}: the model cannot be fetched (${reason}). Check the connection, or choose another method.`,
      { cause },
    );
  }
}
