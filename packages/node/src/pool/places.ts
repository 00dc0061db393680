import { KindlingError } from "@kindling/core";

/** So many places; who comes when all are taken waits in line, and leaves the line when its signal is raised. */
export class Places {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /**
   * Takes a place as soon as one is free. Call the returned function once to give it back.
   *
   * @throws {KindlingError} `cancelled`.
   */
  async enter(signal: AbortSignal): Promise<() => void> {
    const leave = () => this.#leave();
    if (signal.aborted) throw cancelledError();
    if (this.#free > 0) {
      this.#free--;
      return leave;
    }
    return new Promise((resolve, reject) => {
      const take = () => {
        signal.removeEventListener("abort", giveUp);
        resolve(leave);
      };
      const giveUp = () => {
        this.#waiting.delete(take);
        reject(cancelledError());
      };
      this.#waiting.add(take);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Hands the place to the next in line, so that nobody who comes just then overtakes it. */
  #leave(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}

function cancelledError(): KindlingError {
  return new KindlingError("cancelled", "photo: stopped while it waited.");
}
