import type { KindlingError } from "@kindling/core";

/** Makes the error of one checkpoint from the reason it cannot be read. */
export type Refuse = (reason: string, options?: ErrorOptions) => KindlingError;

/** Counts bytes before they are allocated or read; throws when a file needs more than its size can justify. */
export type Allocate = (bytes: number, what: string) => void;

// Tied weights, widened halves and deflated zeros take more memory than the bytes of their file, but never this much more.
const largestGrowth = 16;
const alwaysAllowedBytes = 16 * 2 ** 20;

/**
 * Makes a budget for everything that reading one checkpoint allocates: 16 times the file's size and 16 MiB.
 *
 * Small files can claim huge tensors, share one storage among thousands of names or repeat a block: each claim is
 * counted here first, so that a hostile file ends in an error and not in gigabytes of memory.
 */
export function createAllocationBudget(fileBytes: number, refuse: Refuse): Allocate {
  let left = fileBytes * largestGrowth + alwaysAllowedBytes;
  return (bytes, what) => {
    left -= bytes;
    // Also when `bytes` is NaN, as a product of huge dimensions with 0 can be.
    if (!(bytes >= 0 && left >= 0)) {
      throw refuse(`${what} needs more memory than a file of ${fileBytes} bytes can justify`);
    }
  };
}
