import type { PhotoFormat } from "@kindling/core";
import { peakBytesPerPixel, photoMemoryShare } from "../memory.ts";

/** Delays photos until the memory they need is free; a photo alone is never delayed. */
export class MemoryGate {
  readonly #budget: number;
  readonly #keptBytesPerPixel: number;
  readonly #waiting: (() => void)[] = [];
  #used = 0;
  #inside = 0;

  /** @param kept bytes that the method keeps for each pixel, beyond those that every photo needs. */
  constructor(freeBytes: number, kept = 0) {
    this.#budget = freeBytes * photoMemoryShare;
    this.#keptBytesPerPixel = kept;
  }

  /** Resolves when a photo of so many pixels, to be written in a format, may begin. Call the returned function when that photo is done. */
  async enter(pixels: number, format?: PhotoFormat): Promise<() => void> {
    const needed = pixels * (peakBytesPerPixel(format) + this.#keptBytesPerPixel);
    // A header may claim any size: beyond what there is it counts as all of it, in numbers that add up exactly.
    const bytes = Math.floor(Math.min(Math.max(0, needed), this.#budget)) || 0;
    while (this.#inside > 0 && this.#used + bytes > this.#budget) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#used += bytes;
    this.#inside++;
    return () => {
      this.#used -= bytes;
      this.#inside--;
      for (const wake of this.#waiting.splice(0)) wake();
    };
  }
}
