import type { PhotoFormat } from "@kindling/core";

// Every budget of memory: for networks, for photos in work, and for what is kept open between them.

/**
 * Memory in bytes that networks may take by default: a quarter of the free memory, 0.5 to 4 GB. Larger tiles overlap
 * less, which makes no difference beyond a few gigabytes.
 */
export function defaultNetworkMemoryBytes(): number {
  return Math.min(Math.max(process.availableMemory() / 4, 0.5e9), 4e9);
}

/** Memory in bytes that is left for photos where networks have theirs. */
export function freePhotoMemoryBytes(networkBytes: number): number {
  return process.availableMemory() - networkBytes;
}

/** Share of the free memory that photos may fill together. */
export const photoMemoryShare = 0.7;

/**
 * Peak memory of a pixel in bytes: the picture and its result as RGB floats are 24, the rest is a method's planes and
 * the encoder's copies. `npm run bench` shows the memory of methods. AVIF's encoder needs as much again.
 */
export function peakBytesPerPixel(format: PhotoFormat | undefined): number {
  return format === "avif" ? 100 : 56;
}

/**
 * Methods that a worker thread keeps open for the next photo. A batch has one; requests to a server name several, and
 * each open network keeps the memory of its largest run.
 */
export const openMethodsPerWorker = 2;
