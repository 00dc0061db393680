import { copyPicture, createPicture, createRandom, encodeSrgb, type Picture, type Random } from "@kindling/core";
import { colourChannels } from "@kindling/core/internal";
import type { CameraSettings } from "./camera-settings.ts";
import { invertMatrix, type Rgb } from "./colour-matrix.ts";
import { lightOfKelvin } from "./colour-temperature.ts";
import { balanceLight, type CameraRanges, drawCamera } from "./draw-camera.ts";
import { drawEvenly, drawReciprocally, type Range, requireRange } from "./draw-from-range.ts";
import { drawLamps } from "./draw-lamps.ts";
import { recordScene } from "./expose-dark.ts";
import { darkeningShapes, darkenPart, type PartialDarkening } from "./partial-darkening.ts";
import { sceneOfPhoto } from "./scene-of-photo.ts";

/** Ranges and shares from which the circumstances of a dark photo are drawn. */
export interface ShotRanges extends CameraRanges {
  /** Exposure relative to the good photo in stops (EV), drawn evenly; for photos of kind `whole`. */
  readonly exposureEv: Range;
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
  /** Quality of the JPEG compression, 1 to 100, whole numbers, half of them in the upper quarter; 0 to 0 = none. */
  readonly jpegQuality: Range;
  /** Share of photos of kind `part`, 0 to 1. */
  readonly parts: number;
  /** Share of photos of kind `whole` in whose scene lamps are lit, 0 to 1. */
  readonly lamps: number;
  /** Share of photos of kind `unchanged`, 0 to 1; with `parts` at most 1. */
  readonly unchanged: number;
}

/** The circumstances of one dark photo. */
export interface DarkShot {
  /**
   * `whole`: a darker exposure; `part`: part of the scene has less light, at nearly the same exposure; `unchanged`: the
   * photo as it is, with a little noise.
   */
  readonly kind: "whole" | "part" | "unchanged";
  readonly camera: CameraSettings;
  /** Only of kind `part`. */
  readonly darkening?: PartialDarkening;
  readonly highlightStops: number;
  /** The seed of lamps in the scene, as bright in the dark photo as in the good one; 0 = none. */
  readonly lampsSeed: number;
  readonly kelvin: number;
  readonly adaptation: number;
  /** 1 to 100; 0 = no compression. `takeDarkShot` does not compress: that is for the code that writes the file. */
  readonly jpegQuality: number;
  /** Resolution of colour in the JPEG file: halved in both directions (as three in four cameras do), or full. */
  readonly jpegChroma: "4:2:0" | "4:4:4";
  /** The seed of the noise. */
  readonly noiseSeed: number;
}

/** Exposure of photos of which only a part is darkened, in stops (EV). */
const partExposure: Range = [-1, 0];

/** Light of the darkest place of such photos, in stops (EV). */
const stopsOfParts: Range = [-5, -1];

/** Share of the shape `region` among them; the others share the rest evenly. */
const regionShare = 0.55;

/** Shot noise of unchanged photos is at most this many times the least of its range. */
const mildNoise = 10;

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
  for (const [name, range] of Object.entries<Range | number>({ ...ranges })) {
    if (typeof range === "object") requireRange(name, range);
  }
  const random = createRandom(seed, `dark shot of ${name}`);
  const chance = random();
  const common = {
    jpegQuality: drawQuality(ranges.jpegQuality, random),
    jpegChroma: random() < 0.75 ? "4:2:0" : "4:4:4",
    noiseSeed: Math.floor(random() * 2 ** 32),
  } as const;
  const none = { lampsSeed: 0 };
  if (chance < ranges.unchanged) return { ...common, ...none, ...drawUnchanged(ranges, random) };
  if (chance >= ranges.unchanged + ranges.parts) {
    const exposureEv = drawEvenly(ranges.exposureEv, random);
    return {
      kind: "whole",
      ...common,
      ...drawLight(ranges, exposureEv, 0, random),
      lampsSeed: drawLampsSeed(ranges, seed, name),
    };
  }
  const exposureEv = drawEvenly(partExposure, random);
  const darkening = drawDarkening(random);
  return { kind: "part", darkening, ...common, ...none, ...drawLight(ranges, exposureEv, darkening.stops, random) };
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
export function takeDarkShot(
  photo: Picture,
  {
    camera,
    highlightStops,
    darkening,
    lampsSeed,
    noiseSeed,
  }: Pick<DarkShot, "camera" | "highlightStops" | "darkening" | "lampsSeed" | "noiseSeed">,
): Picture {
  const scene = sceneOfPhoto(photo, highlightStops);
  if (lampsSeed > 0) addLamps(scene, lampsSeed, 2 ** -camera.exposureEv);
  return recordScene(darkening ? darkenPart(scene, photo, darkening) : scene, camera, noiseSeed);
}

/**
 * Gives how the photo should look: with the lamps of the dark photo, which are as bright there as here.
 *
 * A network that saw lamps in photos alone that are right as they are would leave every photo dark that has one.
 *
 * @param photo grey or RGB, encoded as sRGB, 0 to 1; not changed.
 * @returns the photo itself where the shot has no lamps, else a new picture.
 * @example
 * declare const shot: DarkShot;
 * const [low, normal] = [takeDarkShot(picture, shot), lightLamps(picture, shot)];
 */
export function lightLamps(photo: Picture, { lampsSeed }: Pick<DarkShot, "lampsSeed">): Picture {
  if (lampsSeed === 0) return photo;
  const scene = sceneOfPhoto(photo, 0);
  addLamps(scene, lampsSeed, 1);
  const lit = copyPicture(scene);
  const colours = colourChannels(photo);
  for (let first = 0; first < lit.samples.length; first += lit.channels) {
    for (let i = first; i < first + colours; i++) lit.samples[i] = encodeSrgb(Math.min(lit.samples[i], 1));
  }
  return lit;
}

/** Adds the light of lamps to a scene, times a factor; a grey scene gets the mean of their colours. */
function addLamps(scene: Picture, seed: number, factor: number): void {
  const lamps = createPicture(scene.width, scene.height, 3);
  drawLamps(lamps, createRandom(seed, "lamps"));
  const colours = colourChannels(scene);
  for (let to = 0, from = 0; from < lamps.samples.length; to += scene.channels, from += 3) {
    const [red, green, blue] = [lamps.samples[from], lamps.samples[from + 1], lamps.samples[from + 2]];
    const light = colours === 1 ? [(red + green + blue) / 3] : [red, green, blue];
    for (let c = 0; c < colours; c++) scene.samples[to + c] += factor * light[c];
  }
}

/** Drawn apart from everything else, so that shots without lamps are what they were before there were any. */
function drawLampsSeed({ lamps }: ShotRanges, seed: number, name: string): number {
  const random = createRandom(seed, `lamps of ${name}`);
  return random() < lamps ? 1 + Math.floor(random() * (2 ** 32 - 1)) : 0;
}

type DrawnLight = Pick<DarkShot, "camera" | "highlightStops" | "kelvin" | "adaptation">;

function drawLight(ranges: ShotRanges, exposureEv: number, partStops: number, random: Random): DrawnLight {
  const kelvin = Math.round(drawReciprocally(ranges.kelvin, random));
  const adaptation = drawEvenly(ranges.adaptation, random);
  const drawError = () => 1 + drawEvenly(ranges.balanceErrorPercent, random) / 100;
  const cornerAngleDegrees = drawEvenly(ranges.cornerAngleDegrees, random);
  const highlightStops = drawEvenly(ranges.highlightStops, random);
  const lightGains = lightOfKelvin(kelvin);
  const camera = drawCamera(ranges, exposureEv + partStops, random);
  const [red, green, blue] = balanceLight(lightGains, camera.colourMatrix, adaptation);
  const whiteBalanceGains: Rgb = [red * drawError(), green, blue * drawError()];
  return {
    camera: { ...camera, exposureEv, lightGains, whiteBalanceGains, cornerAngleDegrees },
    highlightStops,
    kelvin,
    adaptation,
  };
}

function drawUnchanged(ranges: ShotRanges, random: Random): DrawnLight & { kind: "unchanged" } {
  const [min, max] = ranges.noise;
  const drawn = drawCamera({ ...ranges, noise: [min, Math.min(max, mildNoise * min)], tone: [0, 0] }, 0, random);
  const exact = { blackLevelError: 0, correctionMatrix: invertMatrix(drawn.colourMatrix) };
  const camera = { ...drawn, ...exact, processing: { ...drawn.processing, sharpening: 0 } };
  return { kind: "unchanged", camera, highlightStops: 0, kelvin: 6504, adaptation: 1 };
}

/** Draws a quality; most cameras compress little, so the distance from the best is the square of an even draw. */
function drawQuality([min, max]: Range, random: Random): number {
  return Math.round(max - (max - drawEvenly([min, max], random)) ** 2 / Math.max(1, max - min));
}

function drawDarkening(random: Random): PartialDarkening {
  const [region, ...smooth] = darkeningShapes;
  const chance = random();
  const shape = chance < regionShare ? region : smooth[Math.floor(smooth.length * random())];
  return {
    shape,
    stops: drawEvenly(stopsOfParts, random),
    sparesBrightPart: shape === "region" || random() < 0.5,
    seed: Math.floor(random() * 2 ** 32),
  };
}
