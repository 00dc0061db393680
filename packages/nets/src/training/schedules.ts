/** The learning rate of each step, counted from 0. */
export type Schedule = (step: number) => number;

/**
 * Makes a schedule of one constant rate.
 *
 * @example
 * // runs
 * const rate = constantRate(1e-4);
 * rate(5000); // 0.0001
 */
export function constantRate(rate: number): Schedule {
  return () => rate;
}

/**
 * Makes a schedule that multiplies the rate by `factor` every `everySteps` steps: smoothly, or with `staircase` at once
 * at the end of each stretch.
 *
 * @example
 * // runs
 * const rate = decayingRate(1e-3, 0.96, 100);
 * rate(1000); // 0.000665
 */
export function decayingRate(rate: number, factor: number, everySteps: number, staircase = false): Schedule {
  return (step) => rate * factor ** (staircase ? Math.floor(step / everySteps) : step / everySteps);
}

/**
 * Makes a schedule that keeps the rate for some steps and then lowers it linearly to zero.
 *
 * @example
 * // runs
 * const rate = flatThenLinearRate(1e-4, 100, 100);
 * [rate(0), rate(100), rate(150), rate(200)]; // [0.0001, 0.0001, 0.00005, 0]
 */
export function flatThenLinearRate(rate: number, flatSteps: number, fallingSteps: number): Schedule {
  return (step) => rate * Math.min(Math.max((flatSteps + fallingSteps - step) / fallingSteps, 0), 1);
}

/**
 * Makes a schedule that lowers the rate to zero along half a cosine. Source: Loshchilov and Hutter, arXiv 1608.03983.
 *
 * @example
 * // runs
 * const rate = cosineRate(1e-3, 1000);
 * [rate(0), rate(500), rate(1000)]; // [0.001, 0.0005, 0]
 */
export function cosineRate(rate: number, steps: number): Schedule {
  return (step) => (rate * (1 + Math.cos(Math.PI * Math.min(step / steps, 1)))) / 2;
}

/**
 * Makes a schedule that raises the rate from a 25th of itself and then lowers it to zero, both along half a cosine.
 * Source: Smith and Topin, arXiv 1708.07120, with cosines in place of straight lines.
 *
 * @param share of the steps in which the rate rises, 0 to 1.
 * @example
 * // runs
 * const rate = oneCycleRate(1e-3, 1000, 0.3);
 * [rate(0), rate(300), rate(1000)]; // [0.00004, 0.001, 0]
 */
export function oneCycleRate(rate: number, steps: number, share: number): Schedule {
  const rising = steps * share;
  const falling = cosineRate(rate, steps - rising);
  const toRise = cosineRate(rate * (1 - 1 / 25), rising);
  return (step) => (step < rising ? rate - toRise(step) : falling(step - rising));
}

/**
 * Multiplies a schedule by a factor that rises linearly from 0 to 1 over the first steps.
 *
 * @example
 * // runs
 * const rate = addWarmUp(cosineRate(1e-3, 1000), 100);
 * rate(49); // 0.000497
 */
export function addWarmUp(schedule: Schedule, steps: number): Schedule {
  return (step) => schedule(step) * Math.min((step + 1) / steps, 1);
}
