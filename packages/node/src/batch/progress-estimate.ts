/** Seconds that a megapixel takes before any photo has shown it. */
const assumedSeconds = 2;

/**
 * The share that is shown once the expected time has passed. The rest is approached so that the time left, as the progress
 * tells it, stays at a fifth or so of that time.
 */
const shareAtExpected = 0.8;

interface PhotoInWork {
  /** Undefined of work that always tells how far it is. */
  readonly megapixels: number | undefined;
  readonly startedAt: number;
  reported: number;
}

/**
 * Progress of the photos in work. Long steps of the work, such as a network's run over a whole photo, report nothing: their
 * progress is estimated by the time that earlier photos took. What the work itself reports is a lower bound.
 */
export class ProgressEstimate<Photo> {
  readonly #inWork = new Map<Photo, PhotoInWork>();
  readonly #now: () => number;
  #seconds = 0;
  #megapixels = 0;

  /** @param now a clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @param pixels undefined where the work always tells how far it is, as that on a video does. */
  begin(photo: Photo, pixels: number | undefined): void {
    this.#inWork.set(photo, { megapixels: pixels && pixels / 1e6, startedAt: this.#now(), reported: 0 });
  }

  /** Takes what the work on a photo reports, 0 to 1. */
  report(photo: Photo, share: number): void {
    const work = this.#inWork.get(photo);
    if (work) work.reported = Math.max(work.reported, share);
  }

  /** Takes a photo out of the work; the time of a finished one tells how long others will take. */
  end(photo: Photo, isFinished: boolean): void {
    const work = this.#inWork.get(photo);
    if (!work) return;
    this.#inWork.delete(photo);
    if (!isFinished || work.megapixels === undefined) return;
    this.#seconds += (this.#now() - work.startedAt) / 1000;
    this.#megapixels += work.megapixels;
  }

  /** The sum of the shares of all photos in work, each below 1; it never falls while they are in work. */
  sum(): number {
    let sum = 0;
    for (const work of this.#inWork.values()) {
      work.reported = Math.max(work.reported, this.#shareByTime(work));
      sum += work.reported;
    }
    return sum;
  }

  #shareByTime({ megapixels, startedAt }: PhotoInWork): number {
    if (megapixels === undefined) return 0;
    const rate = this.#megapixels > 0 ? this.#seconds / this.#megapixels : assumedSeconds;
    const passed = (this.#now() - startedAt) / 1000 / (rate * Math.max(megapixels, 0.1));
    if (passed < 1) return shareAtExpected * passed;
    return 1 - (1 - shareAtExpected) / passed;
  }
}
