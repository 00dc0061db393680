/** The learning rate of each step, counted from 0. */
export type Schedule = (step: number) => number;

/** The same rate all the time. */
export function constantRate(rate: number): Schedule {
  return () => rate;
}

/** A rate times `factor` every so many steps: smoothly, or all at once at the end of each stretch where `staircase`. */
export function decayingRate(rate: number, factor: number, everySteps: number, staircase = false): Schedule {
  return (step) => rate * factor ** (staircase ? Math.floor(step / everySteps) : step / everySteps);
}

/** A rate that stays for some steps and then falls evenly to zero over some more. */
export function flatThenLinearRate(rate: number, flatSteps: number, fallingSteps: number): Schedule {
  return (step) => rate * Math.min(Math.max((flatSteps + fallingSteps - step) / fallingSteps, 0), 1);
}

/** A rate that falls to zero over some steps, along half a cosine. Source: Loshchilov and Hutter, arXiv 1608.03983. */
export function cosineRate(rate: number, steps: number): Schedule {
  return (step) => (rate * (1 + Math.cos(Math.PI * Math.min(step / steps, 1)))) / 2;
}

/**
 * A rate that rises from a 25th of itself over the first share of the steps and then falls to zero, both along half a
 * cosine. Source: Smith and Topin, arXiv 1708.07120, with cosines for its straight lines.
 *
 * @param share of the steps in which it rises, 0 to 1.
 */
export function oneCycleRate(rate: number, steps: number, share: number): Schedule {
  const rising = steps * share;
  const falling = cosineRate(rate, steps - rising);
  const toRise = cosineRate(rate * (1 - 1 / 25), rising);
  return (step) => (step < rising ? rate - toRise(step) : falling(step - rising));
}

/** A rate that first rises evenly from zero over some steps. */
export function warmedUp(schedule: Schedule, steps: number): Schedule {
  return (step) => schedule(step) * Math.min((step + 1) / steps, 1);
}
