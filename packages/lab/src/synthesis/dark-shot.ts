import { createRandom, KindlingError, type Picture, type Random } from "@kindling/core";
import { apscSensor, type CameraSettings, type Rgb } from "./camera-settings.ts";
import { lightOfKelvin } from "./colour-temperature.ts";
import { recordScene } from "./expose-dark.ts";
import { sceneOfPhoto } from "./scene-of-photo.ts";

/** Least and greatest value of a draw. */
export type Range = readonly [min: number, max: number];

/** Ranges from which the circumstances of a dark photo are drawn. */
export interface ShotRanges {
  /** Exposure relative to the good photo in stops (EV), drawn evenly. */
  readonly exposureEv: Range;
  /** Film speed, drawn evenly on the scale of stops; 0 to 0 = no noise. */
  readonly iso: Range;
  /** Colour temperature of the scene's light in kelvin, drawn evenly in reciprocal kelvin, as eyes distinguish colours. */
  readonly kelvin: Range;
  /** Share of that light's colour that the white balance corrects, 0 to 1, drawn evenly; the rest is the colour cast. */
  readonly adaptation: Range;
  /** Further error of the camera's gains for red and blue in percent, each drawn evenly. */
  readonly balanceErrorPercent: Range;
  /** Angle of the picture's corner with the lens axis in degrees, drawn evenly: corners darken. */
  readonly cornerAngleDegrees: Range;
  /** How much brighter than white the highlights were, in stops (EV), drawn evenly. */
  readonly highlightStops: Range;
  /** Quality of the JPEG compression, 1 to 100, whole numbers drawn evenly; 0 to 0 = none. */
  readonly jpegQuality: Range;
}

/** The circumstances of one dark photo. */
export interface DarkShot {
  readonly camera: CameraSettings;
  readonly highlightStops: number;
  readonly kelvin: number;
  readonly adaptation: number;
  /** 1 to 100; 0 = no compression. `takeDarkShot` does not compress: that is for the code that writes the file. */
  readonly jpegQuality: number;
  /** The seed of the noise. */
  readonly noiseSeed: number;
}

/**
 * Draws the circumstances of one dark photo, each independent of the others.
 *
 * @param seed a whole number.
 * @param name of the photo: the same seed and name always give the same circumstances.
 * @throws {KindlingError} `invalid-option` for a range whose end is below its beginning, or a colour temperature
 * outside 1700 to 25000 K.
 * @example
 * declare const ranges: ShotRanges;
 * const shot = drawDarkShot(ranges, 1, "street");
 * const darkPhoto = takeDarkShot(picture, shot);
 */
export function drawDarkShot(ranges: ShotRanges, seed: number, name: string): DarkShot {
  const random = createRandom(seed, `dark shot of ${name}`);
  const exposureEv = drawEvenly("exposureEv", ranges.exposureEv, random);
  const iso = Math.round(drawOnScale("iso", ranges.iso, Math.log2, (stops) => 2 ** stops, random));
  const kelvin = Math.round(drawOnScale("kelvin", ranges.kelvin, reciprocal, reciprocal, random));
  const adaptation = drawEvenly("adaptation", ranges.adaptation, random);
  const drawError = () => 1 + drawEvenly("balanceErrorPercent", ranges.balanceErrorPercent, random) / 100;
  const light = lightOfKelvin(kelvin);
  const balance = (gain: number) => Math.max(gain, weakestChannel) ** -adaptation;
  const whiteBalanceGains: Rgb = [balance(light[0]) * drawError(), 1, balance(light[2]) * drawError()];
  return {
    camera: {
      exposureEv,
      lightGains: light,
      whiteBalanceGains,
      cornerAngleDegrees: drawEvenly("cornerAngleDegrees", ranges.cornerAngleDegrees, random),
      iso,
      sensor: apscSensor,
      recordedBits: 8,
    },
    highlightStops: drawEvenly("highlightStops", ranges.highlightStops, random),
    kelvin,
    adaptation,
    jpegQuality: drawWhole("jpegQuality", ranges.jpegQuality, random),
    noiseSeed: Math.floor(random() * 2 ** 32),
  };
}

/**
 * Simulates the dark photo: the camera's record of the good photo's scene in these circumstances.
 *
 * @param photo grey or RGB, encoded as sRGB, 0 to 1; not changed.
 * @returns a new sRGB picture of the same size and channels, 0 to 1, not compressed.
 * @throws {KindlingError} `invalid-option` for a setting out of its range.
 * @example
 * declare const shot: DarkShot;
 * const darkPhoto = takeDarkShot(picture, shot);
 */
export function takeDarkShot(photo: Picture, { camera, highlightStops, noiseSeed }: DarkShot): Picture {
  return recordScene(sceneOfPhoto(photo, highlightStops), camera, noiseSeed);
}

/** Lower limit of a channel's light in the white balance, since cameras limit the amplification of a channel. */
const weakestChannel = 0.15;

function drawEvenly(name: string, [min, max]: Range, random: Random): number {
  if (!(min <= max)) throw new KindlingError("invalid-option", `${name}: its range ${min} to ${max} holds no number.`);
  return min + (max - min) * random();
}

function drawWhole(name: string, [min, max]: Range, random: Random): number {
  return Math.min(max, Math.floor(drawEvenly(name, [min, max + 1], random)));
}

function drawOnScale(
  name: string,
  range: Range,
  to: (value: number) => number,
  from: (value: number) => number,
  random: Random,
): number {
  const [min, max] = range;
  if (min === max) return min;
  const [a, b] = [to(min), to(max)];
  if (!(min < max) || !Number.isFinite(a)) return drawEvenly(name, range, random);
  return from(a + (b - a) * random());
}

function reciprocal(value: number): number {
  return 1 / value;
}
