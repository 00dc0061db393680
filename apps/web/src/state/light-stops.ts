import { maxLight, minLight } from "@kindling/browser";

const stepsPerStop = 10;

/** Distance between two positions of the slider, in stops. */
export const stopsStep = 1 / stepsPerStop;

/** The darkest position: a whole number of steps below no change. */
export const leastStops = Math.ceil(Math.log2(minLight) * stepsPerStop) / stepsPerStop;

/** The lightest position. */
export const greatestStops = Math.floor(Math.log2(maxLight) * stepsPerStop) / stepsPerStop;

/** The position of a light level on the slider, in stops. */
export function stopsOfLight(light: number): number {
  return Math.min(Math.max(Math.log2(light), leastStops), greatestStops);
}

/** The light level at a position of the slider; exactly 1 where it shows no change. */
export function lightOfStops(stops: number): number {
  return Math.abs(stops) < stopsStep / 2 ? 1 : Math.min(Math.max(2 ** stops, minLight), maxLight);
}
