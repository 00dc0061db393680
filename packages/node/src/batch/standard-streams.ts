import { fstatSync, writeFileSync } from "node:fs";
import { KindlingError } from "@kindling/core";
import { writeError } from "../photo/file-errors.ts";

/** As many bytes as a file may have that is read whole. */
const mostBytes = 2 ** 31;

/**
 * Reads the standard input to its end.
 *
 * @throws {KindlingError} `cancelled`; `too-large` beyond 2 GiB; `unreadable`.
 */
export async function readStandardInput(signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stop = () => process.stdin.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > mostBytes) throw new KindlingError("too-large", "-: the standard input has more than 2 GiB.");
    }
  } catch (cause) {
    if (signal.aborted) throw new KindlingError("cancelled", "-: stopped.");
    if (cause instanceof KindlingError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new KindlingError("unreadable", `-: the standard input could not be read: ${reason}`, { cause });
  } finally {
    signal.removeEventListener("abort", stop);
    // A writer that goes on must not keep this process.
    process.stdin.destroy();
  }
  if (signal.aborted) throw new KindlingError("cancelled", "-: stopped.");
  return Buffer.concat(chunks);
}

/**
 * Writes to the standard output, and resolves once it is handed over.
 *
 * @throws {KindlingError} `disk-full`; `unwritable`.
 */
export async function writeStandardOutput(bytes: Uint8Array): Promise<void> {
  try {
    // Into a file whose disk fills up, `process.stdout` writes what there is room for and reports no error.
    if (fstatSync(process.stdout.fd).isFile()) writeFileSync(process.stdout.fd, bytes);
    else await writeToStream(bytes);
  } catch (cause) {
    throw writeError("the standard output", cause);
  }
}

function writeToStream(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
