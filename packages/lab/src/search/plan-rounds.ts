/** A part of a search, after which the worse half of its trials is dropped. */
export interface SearchRound {
  /** Number of trials that take part. */
  readonly trials: number;
  /** Steps that each has behind it at the end of the round; undefined for all of its own. */
  readonly steps?: number;
}

/**
 * Plans the rounds of a search by successive halving: each round trains for twice as many steps as the one before, and the
 * better half goes on to the next. The last one or two trials train to their end.
 *
 * Source: Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", arXiv
 * 1502.07943. Trainings are stopped and continued, so that those of the last round equal ones that were never stopped.
 *
 * @param trials number of trials, 1 or more.
 * @param steps of a whole training.
 * @example
 * // runs
 * planRounds(12, 800); // [{ trials: 12, steps: 100 }, { trials: 6, steps: 200 }, { trials: 3, steps: 400 }, { trials: 2 }]
 */
export function planRounds(trials: number, steps: number): SearchRound[] {
  const count = 1 + Math.floor(Math.min(Math.log2(trials), Math.log2(steps)));
  const first = Math.floor(steps / 2 ** (count - 1));
  let entrants = trials;
  return Array.from({ length: count }, (_, i) => {
    const round = { trials: entrants, ...(i < count - 1 && { steps: first * 2 ** i }) };
    entrants = Math.ceil(entrants / 2);
    return round;
  });
}
