import { KindlingError } from "@kindling/core";
import { identityMatrix, type Matrix, type Rgb } from "./colour-matrix.ts";

/** The noise of a sensor in recorded values, 1 = the photosite is full: the variance at light x is `a x + b`. */
export interface SensorNoise {
  /** Shot noise: variance for each unit of light; 1/a electrons fill a photosite. 0 = none. */
  readonly a: number;
  /** Read noise: variance in the dark. 0 = none. */
  readonly b: number;
  /** Shape of read noise: lambda of Tukey's distribution, above -0.5. 0.14 is nearly Gaussian; below it tails are heavy. */
  readonly readShape: number;
  /** Noise that a whole row shares (faint lines), its standard deviation as a share of that of read noise. */
  readonly rowShare: number;
}

/**
 * Place of the picture's first pixel in the colour filter mosaic (Bayer, RGGB): 0 red, 1 green beside red, 2 green beside
 * blue, 3 blue. `reduced`: the picture is made at twice the size and then halved, so each pixel has a photosite of red, two of
 * green and one of blue.
 */
export type Mosaic = 0 | 1 | 2 | 3 | "reduced";

/** The tone curve of a camera: the sRGB encoding, followed by changes of contrast and shadows. */
export interface ToneCurve {
  /** Strength of the S-curve, 0 (none) to below 1. */
  readonly contrast: number;
  /** Darkening of the deepest shadows, -1 to below 1; negative lifts them. 0 = none. */
  readonly toe: number;
}

/** What a phone does to its pictures to make them look clean and crisp. */
export interface PhoneProcessing {
  /** Noise reduction of luma, 0 (none) to 1. */
  readonly lumaDenoising: number;
  /** Noise reduction of colour, 0 (none) to 1. */
  readonly chromaDenoising: number;
  /** Sharpening by an unsharp mask: share of the fine detail that is added, 0 (none) to 4. */
  readonly sharpening: number;
}

/** How a camera records a scene: all that distinguishes the dark photo from the scene. */
export interface CameraSettings {
  /** Exposure against the scene in stops (EV): -1 halves the light, -4 leaves a sixteenth. */
  readonly exposureEv: number;
  /**
   * Colour of the light that fell on the scene, as a factor for each channel of linear light: the colour cast.
   * It acts before the sensor, so the channel with the least light is also the noisiest. `lightOfKelvin` computes it.
   */
  readonly lightGains: Rgb;
  /** Angle between the lens axis and the picture's corner, in degrees, 0 to below 90: corners darken. 0 = none. */
  readonly cornerAngleDegrees: number;
  /** Colours of the sensor from linear sRGB, after white balance; rows sum to 1, so that grey stays grey. */
  readonly colourMatrix: Matrix;
  /**
   * How much the camera must amplify each channel to make daylight grey, 1 or more.
   * A channel amplified by 2 collected half the light and so shows more noise.
   */
  readonly channelGains: Rgb;
  readonly mosaic: Mosaic;
  readonly noise: SensorNoise;
  /** Bits of the converter: it has 2^bits - 1 steps from black to white. 0 = no rounding. */
  readonly converterBits: number;
  /**
   * What remains of the sensor's black level, in its recorded values. Amplified in red and blue, it makes shadows purple
   * (above 0) or green (below 0).
   */
  readonly blackLevelError: number;
  /** Correction of the light's colour by the white balance, a factor for each channel; it amplifies noise too. */
  readonly whiteBalanceGains: Rgb;
  /** Linear sRGB from the sensor's colours: the inverse of `colourMatrix`, or nearly so; rows sum to 1. */
  readonly correctionMatrix: Matrix;
  readonly toneCurve: ToneCurve;
  readonly processing: PhoneProcessing;
  /** Bits of each recorded sample: 8 for JPEG, 16 for PNG or TIFF. 0 = not rounded. */
  readonly recordedBits: number;
}

/** A camera that changes nothing: a base for other settings. */
export const perfectCamera: CameraSettings = {
  exposureEv: 0,
  lightGains: [1, 1, 1],
  cornerAngleDegrees: 0,
  colourMatrix: identityMatrix,
  channelGains: [1, 1, 1],
  mosaic: "reduced",
  noise: { a: 0, b: 0, readShape: 0.14, rowShare: 0 },
  converterBits: 0,
  blackLevelError: 0,
  whiteBalanceGains: [1, 1, 1],
  correctionMatrix: identityMatrix,
  toneCurve: { contrast: 0, toe: 0 },
  processing: { lumaDenoising: 0, chromaDenoising: 0, sharpening: 0 },
  recordedBits: 0,
};

/**
 * Checks that all settings of a camera are in their ranges.
 *
 * @throws {KindlingError} `invalid-option`, naming the first setting out of its range.
 */
export function requireCamera(camera: CameraSettings): void {
  const { noise, toneCurve, processing } = camera;
  requireRange("exposureEv", camera.exposureEv, -16, 16);
  for (const gain of camera.lightGains) requireRange("lightGains", gain, 0, 100);
  requireRange("cornerAngleDegrees", camera.cornerAngleDegrees, 0, 89);
  for (const share of camera.colourMatrix.flat()) requireRange("colourMatrix", share, -10, 10);
  for (const gain of camera.channelGains) requireRange("channelGains", gain, 1, 100);
  requireRange("noise.a", noise.a, 0, 1);
  requireRange("noise.b", noise.b, 0, 1);
  requireRange("noise.readShape", noise.readShape, -0.49, 2);
  requireRange("noise.rowShare", noise.rowShare, 0, 10);
  requireRange("converterBits", camera.converterBits, 0, 24);
  requireRange("blackLevelError", camera.blackLevelError, -1, 1);
  for (const gain of camera.whiteBalanceGains) requireRange("whiteBalanceGains", gain, 0, 100);
  for (const share of camera.correctionMatrix.flat()) requireRange("correctionMatrix", share, -20, 20);
  requireRange("toneCurve.contrast", toneCurve.contrast, 0, 0.99);
  requireRange("toneCurve.toe", toneCurve.toe, -1, 0.99);
  requireRange("processing.lumaDenoising", processing.lumaDenoising, 0, 1);
  requireRange("processing.chromaDenoising", processing.chromaDenoising, 0, 1);
  requireRange("processing.sharpening", processing.sharpening, 0, 4);
  requireRange("recordedBits", camera.recordedBits, 0, 16);
}

function requireRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new KindlingError("invalid-option", `${name} must be a number from ${min} to ${max}; got ${value}.`);
}
