/**
 * Bytes a pixel takes at the peak of its way through: the picture and its result as RGB floats (24), the planes of the
 * hungriest method and the encoder's copies. `npm run bench` measures it.
 */
const bytesPerPixel = 64;

/** Share of the free memory that photos may fill together. */
const share = 0.7;

/** Lets photos begin only while the memory they will need is free; one at a time always may. */
export class MemoryGate {
  readonly #budget: number;
  readonly #waiting: (() => void)[] = [];
  #used = 0;

  constructor(freeBytes: number) {
    this.#budget = freeBytes * share;
  }

  /** Resolves when a photo of so many pixels may begin; call what it gives once that photo is done. */
  async enter(pixels: number): Promise<() => void> {
    const bytes = pixels * bytesPerPixel;
    while (this.#used > 0 && this.#used + bytes > this.#budget) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#used += bytes;
    return () => {
      this.#used -= bytes;
      for (const wake of this.#waiting.splice(0)) wake();
    };
  }
}
