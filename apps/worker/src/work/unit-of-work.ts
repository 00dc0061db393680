import {
  type Enhancement,
  type JobOutcome,
  openEnhanceWorkers,
  type PlannedPhoto,
  type Treatment,
  type Workers,
} from "@kindling/node/internal";

/** Opens what does the work on photos that are all treated in the same way: that of `kindling enhance`, or a test's. */
export type OpenUnits = (
  count: number,
  treatment: Treatment,
  signal: AbortSignal,
) => Promise<Workers<PlannedPhoto, Enhancement>>;

interface Open {
  readonly opening: Promise<Workers<PlannedPhoto, Enhancement>>;
  running: number;
}

/** Threads for the orders that are in work. Those of an order without photos are closed when another order needs some. */
export class UnitsByOrder {
  readonly #open = new Map<string, Open>();
  readonly #count: number;
  readonly #signal: AbortSignal;
  readonly #openUnits: OpenUnits;

  constructor(count: number, signal: AbortSignal, openUnits: OpenUnits = openEnhanceWorkers) {
    this.#count = count;
    this.#signal = signal;
    this.#openUnits = openUnits;
  }

  /** Works on one photo. */
  async run(order: string, treatment: Treatment, photo: PlannedPhoto): Promise<JobOutcome<Enhancement>> {
    const units = this.#open.get(order) ?? this.#start(order, treatment);
    units.running++;
    try {
      return await (await units.opening).run(photo, () => undefined);
    } finally {
      units.running--;
    }
  }

  #start(order: string, treatment: Treatment): Open {
    for (const [name, { running, opening }] of this.#open) {
      if (running > 0) continue;
      this.#open.delete(name);
      void opening.then((idle) => idle.close());
    }
    const units = { opening: this.#openUnits(this.#count, treatment, this.#signal), running: 0 };
    this.#open.set(order, units);
    return units;
  }

  async close(): Promise<void> {
    for (const { opening } of this.#open.values()) await (await opening).close();
    this.#open.clear();
  }
}
