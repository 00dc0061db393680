import type { Random } from "@kindling/core";
import type { CameraSettings, Mosaic, SensorNoise } from "./camera-settings.ts";
import { perfectCamera } from "./camera-settings.ts";
import {
  applyMatrix,
  balanceRows,
  type CameraWeights,
  invertMatrix,
  type Matrix,
  mapMatrix,
  mixColourMatrix,
  multiplyMatrices,
  type Rgb,
} from "./colour-matrix.ts";
import { drawEvenly, drawLogarithmically, drawWhole, type Range } from "./draw-from-range.ts";
import { gaussian } from "./random-variates.ts";
import { readNoiseOf } from "./sensor-noise.ts";

/** Ranges from which a camera is drawn, without what it takes a photo of. */
export interface CameraRanges {
  /**
   * Shot noise: the variance of a sensor value for each unit of light, drawn evenly on the logarithmic scale up to what leaves
   * a picture at the exposure; 0 = no noise.
   */
  readonly noise: Range;
  /** Strength of the tone curve beyond sRGB, 0 to 1, drawn evenly; three in ten cameras have the least. */
  readonly tone: Range;
  /** Strength of noise reduction, 0 to 1, drawn evenly; a quarter of the cameras have the least. */
  readonly denoising: Range;
  /** Strength of sharpening, 0 to 1, drawn evenly; three in ten cameras have the least. */
  readonly sharpening: Range;
}

/** Gains of daylight's white balance: red and blue as in arXiv 1811.11127, section 3.2; green is 1. */
const redGain: Range = [1.9, 2.4];
const blueGain: Range = [1.5, 1.9];

/** Standard deviation of each error of the matrix that undoes the sensor's colours. */
const matrixError = 0.02;

/** Spread of ln b about the line of `readNoiseOf`, arXiv 1811.11127. */
const readSpread = 0.26;

/** A converter's step is at most this many times the read noise: real ones are made for their sensor. */
const widestStep = 3;

/** Standard deviation of the black level's error: a part of the read noise, and a fixed one in sensor values. */
const blackLevelSpread = { ofReadNoise: 0.1, fixed: 4e-4 };

/** Electrons that white must leave on a photosite; below about this, noise hides the picture and nothing can be learnt. */
const leastElectrons = 60;

/**
 * Draws a camera for an exposure: sensor colours, noise, mosaic, converter, tone curve, processing. It takes the scene as it is, at 0 EV
 * in daylight.
 *
 * At a given exposure any lower noise occurs, as dark photos with little noise exist (brackets), but none that leaves less than
 * 60 electrons to white.
 *
 * A range of noise that is 0 to 0 makes an ideal sensor: no mosaic, noise or rounding, and exact colours.
 *
 * @param darkestEv light of the darkest place against the scene, in stops (EV).
 */
export function drawCamera(ranges: CameraRanges, darkestEv: number, random: Random): CameraSettings {
  const noise = drawNoise(limitNoise(ranges.noise, 2 ** darkestEv / leastElectrons), random);
  const weights: CameraWeights = [random(), random(), random(), random()];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const colourMatrix = mixColourMatrix(weights.map((weight) => weight / sum) as unknown as CameraWeights);
  const error = balanceRows(mapMatrix((r, c) => (r === c ? 1 : matrixError * gaussian(random))));
  const channelGains: Rgb = [drawEvenly(redGain, random), 1, drawEvenly(blueGain, random)];
  const mosaic = random() < 0.5 ? "reduced" : (Math.floor(4 * random()) as Mosaic);
  const converterBits = Math.max(drawWhole([10, 14], random), leastBits(noise));
  const { ofReadNoise, fixed } = blackLevelSpread;
  const blackLevelError = gaussian(random) * Math.hypot(ofReadNoise * Math.sqrt(noise.b), fixed);
  const tone = drawOrLeast(ranges.tone, 0.3, random);
  const toneCurve = { contrast: 0.5 * tone * random(), toe: tone * drawEvenly([-0.3, 0.6], random) };
  const denoising = drawOrLeast(ranges.denoising, 0.25, random);
  const processing = {
    lumaDenoising: denoising * drawEvenly([0.5, 1], random),
    chromaDenoising: denoising,
    sharpening: 1.2 * drawOrLeast(ranges.sharpening, 0.3, random),
  };
  const drawn = { ...perfectCamera, toneCurve, processing, recordedBits: 8 };
  if (noise.a === 0) return drawn;
  const correctionMatrix = multiplyMatrices(error, invertMatrix(colourMatrix));
  return { ...drawn, noise, colourMatrix, correctionMatrix, channelGains, mosaic, converterBits, blackLevelError };
}

/** Lowers the end of a range to a limit, but not below its beginning. */
function limitNoise([min, max]: Range, limit: number): Range {
  return [min, Math.min(max, Math.max(min, limit))];
}

function drawNoise(range: Range, random: Random): SensorNoise {
  const a = drawLogarithmically(range, random);
  return {
    a,
    b: readNoiseOf(a, readSpread * gaussian(random)),
    readShape: random() < 0.5 ? 0.1 : -0.03,
    rowShare: drawEvenly([0.06, 0.09], random),
  };
}

function leastBits({ b }: SensorNoise): number {
  return b > 0 ? Math.min(14, Math.ceil(Math.log2(1 / (widestStep * Math.sqrt(b))))) : 14;
}

/** Draws evenly, or with the chance `share` takes the least value of the range. */
function drawOrLeast(range: Range, share: number, random: Random): number {
  const drawn = drawEvenly(range, random);
  return random() < share ? range[0] : drawn;
}

/** Lower limit of a channel's light in the white balance, since cameras limit the amplification of a channel. */
const weakestChannel = 0.15;

/**
 * Computes the white balance of a camera in light of some colour: gains relative to green.
 *
 * @param adaptation share of the colour that the camera corrects, 0 to 1.
 */
export function balanceLight(light: Rgb, colourMatrix: Matrix, adaptation: number): Rgb {
  const [red, green, blue] = applyMatrix(colourMatrix, light);
  const gain = (value: number) => Math.max(value / green, weakestChannel) ** -adaptation;
  return [gain(red), 1, gain(blue)];
}
