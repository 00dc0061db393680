import { join } from "node:path";
import type { Pair } from "./table.ts";

/** What every part of the report is measured with. */
export interface Bench {
  /** This checkout, built. */
  readonly now: string;
  /** Another checkout, built, whose figures stand beside those of this one. */
  readonly before: string | undefined;
  /** A folder for photos and results, gone at the end. */
  readonly folder: string;
  /** Most runs of a measurement, of which the least counts: what other work on the machine disturbs least. */
  readonly runs: number;
  /** Whether it is only tried whether everything works. */
  readonly isQuick: boolean;
  /** Says what is being measured. */
  tell(doing: string): void;
  /** Says what could not be measured, and why. */
  fail(what: string, error: unknown): void;
}

/** Work of so long together is not done again. */
const enoughMs = 10_000;

/** The command of a checkout. */
export function commandOf(checkout: string): string {
  return join(checkout, "apps/cli/bin/kindling.js");
}

/**
 * Measures some work at both checkouts in turns, so that what else the machine does meets both alike. Of each figure the least
 * run counts. A checkout at which it fails has no figures, and a figure that is not a number is none.
 *
 * @param runs most runs; fewer where they take long.
 */
export async function leastInTurns<Name extends string>(
  bench: Bench,
  { doing, runs = bench.runs }: { readonly doing: string; readonly runs?: number },
  measure: (checkout: string) => Readonly<Record<Name, number>> | Promise<Readonly<Record<Name, number>>>,
): Promise<(name: Name) => Pair> {
  const { now, before } = bench;
  const places = [...(before === undefined ? [] : [{ at: "before", checkout: before }]), { at: "now", checkout: now }];
  const measured = new Map<string, Readonly<Record<Name, number>>[] | "failed">();
  bench.tell(doing);
  const startedAt = performance.now();
  for (let run = 0; run < runs && (run === 0 || performance.now() - startedAt < enoughMs * places.length); run++) {
    for (const { at, checkout } of places) {
      const known = measured.get(at) ?? [];
      if (known === "failed") continue;
      try {
        measured.set(at, [...known, await measure(checkout)]);
      } catch (error) {
        measured.set(at, "failed");
        bench.fail(places.length > 1 ? `${doing}, ${at}` : doing, error);
      }
    }
  }
  const least = (at: string, name: Name) => {
    const known = measured.get(at);
    const value = known === undefined || known === "failed" ? Number.NaN : Math.min(...known.map((run) => run[name]));
    return Number.isNaN(value) ? undefined : value;
  };
  return (name) => ({ now: least("now", name), before: least("before", name) });
}
