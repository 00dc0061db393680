import { RequestError } from "../problems/problem.ts";

/**
 * Bounds the requests that a server has taken: those in work, those that wait and those that are still arriving. So their
 * memory is bounded, too. One more is refused before its body is read.
 */
export class Admission {
  readonly #capacity: number;
  readonly #slots = new Set<Slot>();
  readonly #drained: (() => void)[] = [];

  /** @param capacity requests at the same time. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Requests that are taken at the moment. */
  get taken(): number {
    return this.#slots.size;
  }

  get isFull(): boolean {
    return this.taken >= this.#capacity;
  }

  /**
   * Takes a request.
   *
   * @throws {RequestError} `busy`.
   */
  take(): Slot {
    if (this.isFull) throw new RequestError("busy", "Try again in a moment.");
    const slot = new Slot(() => {
      this.#slots.delete(slot);
      if (this.#slots.size === 0) for (const resolve of this.#drained.splice(0)) resolve();
    });
    this.#slots.add(slot);
    return slot;
  }

  /** Resolves once no request is taken. */
  async drain(): Promise<void> {
    if (this.#slots.size > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
  }

  /** Stops the work of all requests. */
  abortAll(reason: AbortReason): void {
    for (const slot of this.#slots) slot.abort(reason);
  }
}

/** Why the work of a request is stopped. */
export type AbortReason = "gone" | "timed-out" | "stopping";

/** A request's place. It is free again when the answer is sent or the client gone, and the work has ended. */
export class Slot {
  readonly #release: () => void;
  readonly #aborting = new AbortController();
  #reason: AbortReason | undefined;
  #isWorking = false;
  #isClosed = false;

  constructor(release: () => void) {
    this.#release = release;
  }

  /** Why the work was stopped, if it was. */
  get reason(): AbortReason | undefined {
    return this.#reason;
  }

  abort(reason: AbortReason): void {
    this.#reason ??= reason;
    this.#aborting.abort();
  }

  /** Notes that the answer is sent, or the client gone. */
  close(): void {
    this.#isClosed = true;
    if (!this.#isWorking) this.#release();
  }

  /**
   * Does the work of the request, for so many milliseconds at most.
   *
   * @throws {RequestError} `timed-out` or `stopping`; else what the work throws.
   */
  async work<Result>(timeoutMs: number, task: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    this.#isWorking = true;
    const timer = setTimeout(() => this.abort("timed-out"), timeoutMs);
    try {
      return await task(this.#aborting.signal);
    } catch (error) {
      if (this.#reason === "timed-out") {
        throw new RequestError("timed-out", `It was stopped after ${timeoutMs / 1000} s. Send a smaller photo.`);
      }
      if (this.#reason === "stopping") throw new RequestError("stopping");
      throw error;
    } finally {
      clearTimeout(timer);
      this.#isWorking = false;
      if (this.#isClosed) this.#release();
    }
  }
}
