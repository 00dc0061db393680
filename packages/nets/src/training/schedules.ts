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

/** A rate that falls to zero along half a cosine: slowly, fast, slowly. Source: Loshchilov and Hutter, arXiv 1608.03983. */
export function cosineRate(rate: number, steps: number): Schedule {
  return (step) => (rate * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps))) / 2;
}

/** A rate that first rises evenly from zero over some steps. */
export function warmedUp(schedule: Schedule, steps: number): Schedule {
  return (step) => schedule(step) * Math.min((step + 1) / steps, 1);
}
