import sharp from "sharp";

/**
 * Bounds the threads libvips uses for one photo on this process, and drops its cache of recent operations, which only
 * holds memory where every photo is seen once.
 */
export function limitCodecThreads(threads: number): void {
  sharp.concurrency(threads);
  sharp.cache(false);
}
