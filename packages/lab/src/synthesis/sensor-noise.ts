import type { Random } from "@kindling/core";
import type { CameraSettings, SensorNoise } from "./camera-settings.ts";
import type { Photosites } from "./mosaic.ts";
import { gaussian, poisson, tukeyLambda } from "./random-variates.ts";

/** Lowest value that a converter records below black: cameras place black above 0, here by a sixteenth of the range. */
const lowest = -1 / 16;

/** Below this share of white, electrons are too many for a number of them to show. */
const smallestElectron = 1e-12;

/**
 * Estimates the read noise of a sensor from its shot noise, as variance: ln b = 2.18 ln a + 1.20.
 *
 * Brooks et al., "Unprocessing Images for Learned Raw Denoising", arXiv 1811.11127, section 3.1, fitted to phones and cameras.
 *
 * @param a shot noise, variance for each unit of light; 0 gives 0.
 * @param deviation added to the logarithm; the cameras spread by 0.26 about the line.
 * @example
 * // runs
 * const a = 1e-3;
 * const b = readNoiseOf(a); // 9.6e-7
 * const night = { ...perfectCamera, exposureEv: -4, noise: { a, b, readShape: 0.1, rowShare: 0.07 } };
 */
export function readNoiseOf(a: number, deviation = 0): number {
  return a > 0 ? Math.exp(2.18 * Math.log(a) + 1.2 + deviation) : 0;
}

/**
 * Simulates what a sensor records of the light on its photosites: shot noise, read noise, row noise, rounding by the
 * converter, clipping at white and below black.
 *
 * Shot noise is a Poisson number of electrons; read noise follows Tukey's lambda distribution, and each row has an offset:
 * Wei, Fu, Yang, Huang, "A Physics-based Noise Formation Model for Extreme Low-light Raw Denoising", arXiv 2003.12751,
 * and "Physics-based Noise Modeling for Extreme Low-light Photography", arXiv 2108.02158.
 *
 * @param photosites light, 1 = full; changed in place to recorded values, -1/16 to 1.
 */
export function senseLight({ plane, averaged }: Photosites, camera: CameraSettings, random: Random): void {
  const { a, b, readShape, rowShare }: SensorNoise = camera.noise;
  const { width, values } = plane;
  const electron = a / averaged;
  const read = Math.sqrt(b / averaged);
  const row = Math.sqrt(b) * rowShare;
  const drawRead = tukeyLambda(readShape);
  const steps = camera.converterBits > 0 ? 2 ** camera.converterBits - 1 : 0;
  for (let first = 0; first < values.length; first += width) {
    const offset = row > 0 ? row * gaussian(random) : 0;
    for (let i = first; i < first + width; i++) {
      let value = values[i];
      if (electron > smallestElectron) value = electron * poisson(value / electron, random);
      if (read > 0) value += read * drawRead(random) + offset;
      value = Math.min(Math.max(value, lowest), 1);
      values[i] = steps > 0 ? Math.round(value * steps) / steps : value;
    }
  }
}
