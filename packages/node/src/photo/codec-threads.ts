import sharp from "sharp";

/**
 * Limits the threads of libvips for one photo in this process, and turns off its cache of recent operations, which is
 * no use where every photo is read once.
 */
export function limitCodecThreads(threads: number): void {
  sharp.concurrency(threads);
  sharp.cache(false);
}
