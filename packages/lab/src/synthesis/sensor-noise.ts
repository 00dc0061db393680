import type { Random } from "@kindling/core";
import type { Sensor } from "./camera-settings.ts";
import { gaussian, poisson } from "./random-variates.ts";

/** The affine noise model of a sensor: the variance of a sample of expected value x is `a x + b`. */
export interface NoiseModel {
  /** Shot noise: variance for each unit of light. */
  readonly a: number;
  /** Read noise: variance in the dark. */
  readonly b: number;
}

/**
 * Computes the noise of one channel of a sensor at an ISO speed, in units of recorded linear light (1 = white).
 *
 * Foi, Trimeche, Katkovnik, Egiazarian, "Practical Poissonian-Gaussian noise modeling and fitting for single-image
 * raw-data", IEEE TIP 17(10), 2008, eq. 3: var = a x + b. Here a = gain / N and b = gain^2 s^2 / N^2, with N the
 * electrons of white, s the read noise in electrons and gain the channel's amplification. It leaves out
 * rounding, and the clipping at black and white.
 *
 * @param iso above 0.
 */
export function noiseModel(sensor: Sensor, iso: number, channel: 0 | 1 | 2): NoiseModel {
  const gain = sensor.channelGains[channel];
  const white = whiteElectrons(sensor, iso);
  const read = Math.hypot(readElectrons(sensor, iso), sensor.rowElectrons);
  return { a: gain / white, b: (gain * read) ** 2 / white ** 2 };
}

/**
 * Simulates a sensor's record of one row of one channel: shot noise, read noise, rounding by the converter, and clipping at
 * black and white.
 *
 * Every photosite has all three colours: without a colour filter mosaic there is no demosaicing, whose blotches real cameras
 * add. Noise is independent from pixel to pixel, except for the part that a row shares.
 *
 * @param light linear light of the row, 1 = white after amplification; changed in place, 0 to 1 afterwards.
 * @param iso above 0.
 */
export function senseRow(light: Float32Array, sensor: Sensor, iso: number, channel: 0 | 1 | 2, random: Random): void {
  const white = whiteElectrons(sensor, iso);
  const gain = sensor.channelGains[channel];
  const read = readElectrons(sensor, iso);
  const rowOffset = sensor.rowElectrons * gaussian(random);
  const steps = sensor.converterBits > 0 ? 2 ** sensor.converterBits - 1 : 0;
  for (let x = 0; x < light.length; x++) {
    const electrons = poisson((light[x] * white) / gain, random) + read * gaussian(random) + rowOffset;
    const counted = Math.min(Math.max(electrons / white, 0), 1);
    light[x] = Math.min(1, gain * (steps > 0 ? Math.round(counted * steps) / steps : counted));
  }
}

/** Computes the electrons that make white: half as many with every doubling of ISO. */
function whiteElectrons(sensor: Sensor, iso: number): number {
  return (sensor.fullWellElectrons * 100) / iso;
}

function readElectrons(sensor: Sensor, iso: number): number {
  return Math.hypot(sensor.readElectrons, (sensor.converterElectrons * 100) / iso);
}
