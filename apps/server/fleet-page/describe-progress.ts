/** How far a fleet is, as `/v1/fleet` answers it. */
export interface Progress {
  readonly queue: string;
  readonly paused: boolean;
  readonly total: number;
  readonly done: number;
  readonly enhanced: number;
  readonly failed: number;
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly megapixels: number;
  readonly photosPerMinute?: number;
  readonly workers: readonly string[];
}

/** A look at the progress: seconds on any clock, and the photos done by then. */
export interface Seen {
  readonly at: number;
  readonly done: number;
}

/** What the page says. */
export interface Told {
  readonly title: string;
  readonly headline: string;
  readonly pace: string;
  readonly counts: readonly (readonly [name: string, value: string])[];
  /** What a screen reader says; changes with each ten per cent and at the end, not with each photo. */
  readonly heard: string;
}

/** Photos a second: of the looks, or of the last minutes where the looks tell too little. */
export function rateOf(seen: readonly Seen[], { photosPerMinute = 0 }: Pick<Progress, "photosPerMinute">): number {
  const [first, last] = [seen[0], seen.at(-1)];
  const seconds = first && last ? last.at - first.at : 0;
  return first && last && seconds >= 5 ? (last.done - first.done) / seconds : photosPerMinute / 60;
}

/** Puts the progress of a fleet into words. */
export function describeProgress(progress: Progress, rate: number): Told {
  const { total, done, enhanced, failed, waiting, active, delayed, paused, megapixels } = progress;
  const ended = done + failed;
  const left = waiting + active + delayed;
  // Not 100 before all are done.
  const percent = total === 0 ? 0 : Math.floor((100 * ended) / total);
  const number = (value: number) => Math.round(value).toLocaleString("en");
  const state = total === 0 ? "No photos" : left === 0 ? "Finished" : paused ? "Paused" : `${percent} %`;
  const pace = `${rate.toFixed(rate < 10 ? 1 : 0)} photos a second`;
  return {
    title: state,
    headline:
      total === 0 ? "No photos were submitted yet" : `${number(ended)} of ${number(total)} photos, ${percent} %`,
    pace:
      total === 0
        ? "kindling submit puts photos into the queue."
        : left === 0
          ? "Finished: no photo is left."
          : paused
            ? "Paused: no worker begins another photo until kindling resume."
            : rate > 0
              ? `${pace}, ${duration(left / rate)} left`
              : "No rate is known yet.",
    counts: [
      ["enhanced", `${number(enhanced)} (${number(megapixels)} MP)`],
      ["done before", number(Math.max(0, done - enhanced))],
      ["in work", number(active)],
      ["waiting", number(waiting)],
      ["to be tried again", number(delayed)],
      ["set aside", number(failed)],
    ],
    heard: `${state === `${percent} %` ? `${percent - (percent % 10)} %` : state}${failed > 0 ? ", some set aside" : ""}`,
  };
}

/** A time in words: `40 s`, `12 min`, `5 h 20 min`, `3 days`. */
export function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${Math.round(minutes / 1440)} days`;
}
