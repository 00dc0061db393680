import { KindlingError } from "@kindling/core";

/** Three numbers: for red, green and blue. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** The noise of a camera's sensor, in electrons of one photosite. */
export interface Sensor {
  /** Electrons of a photosite that has just reached white at ISO 100; at ISO 200 half as many make white. */
  readonly fullWellElectrons: number;
  /** Read noise from before the amplifier, standard deviation in electrons at any ISO. */
  readonly readElectrons: number;
  /** Read noise from behind the amplifier, standard deviation in electrons at ISO 100; it shrinks as ISO grows. */
  readonly converterElectrons: number;
  /** Noise a whole row shares (visible as faint lines), standard deviation in electrons. 0 = none. */
  readonly rowElectrons: number;
  /** Bits of the converter: it has 2^bits - 1 steps from black to white. 0 = no rounding. */
  readonly converterBits: number;
  /**
   * How much the camera must amplify each channel to make daylight grey, 1 or more.
   * A channel amplified by 2 collected half the light and so shows more noise.
   */
  readonly channelGains: Rgb;
}

/**
 * An invented but plausible camera with a sensor of APS-C size: round values in the range of such cameras.
 */
export const apscSensor: Sensor = {
  fullWellElectrons: 30_000,
  readElectrons: 2,
  converterElectrons: 6,
  rowElectrons: 0.3,
  converterBits: 14,
  channelGains: [2, 1, 1.6],
};

/** How a camera records a scene: all that distinguishes the dark photo from the scene. */
export interface CameraSettings {
  /** Exposure against the scene in stops (EV): -1 halves the light, -4 leaves a sixteenth. */
  readonly exposureEv: number;
  /**
   * Colour of the light that fell on the scene, as a factor for each channel of linear light: the colour cast.
   * It acts before the sensor, so the channel with the least light is also the noisiest. `lightOfKelvin` computes it.
   */
  readonly lightGains: Rgb;
  /** Error of the camera's white balance, a factor for each channel of linear light; it amplifies noise too. */
  readonly whiteBalanceGains: Rgb;
  /** Angle between the lens axis and the picture's corner, in degrees, 0 to below 90: corners darken. 0 = none. */
  readonly cornerAngleDegrees: number;
  /** Film speed: sets the electrons that make white, and so the noise. 0 = a sensor without any noise. */
  readonly iso: number;
  /** The sensor; it has an effect only where `iso` is above 0. */
  readonly sensor: Sensor;
  /** Bits of each recorded sample: 8 for JPEG, 16 for PNG or TIFF. 0 = not rounded. */
  readonly recordedBits: number;
}

/** A camera that changes nothing: a base for other settings. */
export const perfectCamera: CameraSettings = {
  exposureEv: 0,
  lightGains: [1, 1, 1],
  whiteBalanceGains: [1, 1, 1],
  cornerAngleDegrees: 0,
  iso: 0,
  sensor: apscSensor,
  recordedBits: 0,
};

/**
 * Checks that all settings of a camera are in their ranges.
 *
 * @throws {KindlingError} `invalid-option`, naming the first setting out of its range.
 */
export function requireCamera(camera: CameraSettings): void {
  requireRange("exposureEv", camera.exposureEv, -16, 16);
  requireRange("cornerAngleDegrees", camera.cornerAngleDegrees, 0, 89);
  requireRange("iso", camera.iso, 0, 1e7);
  requireRange("recordedBits", camera.recordedBits, 0, 16);
  for (const gain of camera.lightGains) requireRange("lightGains", gain, 0, 100);
  for (const gain of camera.whiteBalanceGains) requireRange("whiteBalanceGains", gain, 0, 100);
  const { sensor } = camera;
  for (const gain of sensor.channelGains) requireRange("sensor.channelGains", gain, 1, 100);
  requireRange("sensor.fullWellElectrons", sensor.fullWellElectrons, 1, 1e9);
  requireRange("sensor.readElectrons", sensor.readElectrons, 0, 1e6);
  requireRange("sensor.converterElectrons", sensor.converterElectrons, 0, 1e6);
  requireRange("sensor.rowElectrons", sensor.rowElectrons, 0, 1e6);
  requireRange("sensor.converterBits", sensor.converterBits, 0, 24);
}

function requireRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return;
  throw new KindlingError("invalid-option", `${name} must be a number from ${min} to ${max}; got ${value}.`);
}
