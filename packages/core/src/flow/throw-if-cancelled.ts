import { KindlingError } from "../errors.ts";

/**
 * Throws `cancelled` if the signal is aborted.
 *
 * @throws {KindlingError} `cancelled`, with the signal's reason as its cause.
 */
export function throwIfCancelled(signal?: AbortSignal): void {
  if (signal?.aborted)
    throw new KindlingError("cancelled", "Cancelled before it was finished.", { cause: signal.reason });
}
