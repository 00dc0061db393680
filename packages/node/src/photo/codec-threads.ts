import { loadSharp } from "./load-sharp.ts";

/**
 * Limits the threads of libvips for one photo in this process, and turns off its cache of recent operations, which is
 * no use where every photo is read once.
 */
export async function limitCodecThreads(threads: number): Promise<void> {
  const sharp = await loadSharp();
  sharp.concurrency(threads);
  sharp.cache(false);
}
