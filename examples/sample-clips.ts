import { createRandom, type Picture } from "@kindling/core";
import { type CameraSettings, type LinearPicture, perfectCamera, readNoiseOf, recordScene } from "@kindling/lab";
import { type Camera, render, type Scene } from "./scenes/render.ts";
import { room } from "./scenes/room.ts";
import { eveningRoom, rainyStreet, views } from "./scenes/sample-scenes.ts";
import { street } from "./scenes/street.ts";
import { black, vector } from "./scenes/vector.ts";

/** Pixels that the camera of the clip `pan` turns between two frames. */
export const panPx = 3;

/** Clips that the renderer draws, with what is known of them. */
export const sampleClips = {
  still: "nothing moves: a street",
  pan: `the camera shifts by exactly ${panPx} pixels a frame`,
  car: "a car drives through a street, the camera stands",
  lamp: "in a room a desk lamp is switched on at half time",
  cut: "a street, then from half time a room",
} as const;

/** Name of a clip. */
export type ClipName = keyof typeof sampleClips;

/** A frame of a drawn clip. */
export interface DrawnFrame {
  /** As a camera took it in the dark: 8 bits, with noise that is another in every frame. */
  readonly dark: Picture;
  /** The same without noise. */
  readonly clean: Picture;
}

/** A camera at ISO 3200, four stops too dark. */
export const darkCamera: CameraSettings = {
  ...perfectCamera,
  exposureEv: -4,
  channelGains: [2, 1, 1.6],
  mosaic: 0,
  noise: { a: 3200 / 3e6, b: readNoiseOf(3200 / 3e6), readShape: 0.1, rowShare: 0.07 },
  converterBits: 14,
  recordedBits: 8,
};
/** The same camera without noise and rounding. */
export const withoutNoise: CameraSettings = {
  ...darkCamera,
  noise: { a: 0, b: 0, readShape: 0.14, rowShare: 0 },
  recordedBits: 0,
};

/** Draws the frames of a clip one after the other, with n x n rays a pixel; what does not move is drawn once. */
export function* drawClip(
  name: ClipName,
  { width, height, frames, samplesPerSide = 2 }: ClipSize,
): Generator<DrawnFrame, void, undefined> {
  const random = createRandom(20261128, name);
  for (const scene of scenesOf(name, { width, height, frames, samplesPerSide })) {
    const dark = recordScene(scene, darkCamera, Math.floor(random() * 2 ** 32));
    yield { dark, clean: recordScene(scene, withoutNoise, 1) };
  }
}

/** Size of a clip. */
export interface ClipSize {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly samplesPerSide?: number;
}

function* scenesOf(name: ClipName, { width, height, frames, samplesPerSide }: Required<ClipSize>) {
  const draw = (scene: Scene, from: Camera, columns = width) => render(scene, from, columns, height, samplesPerSide);
  const [outside, inside] = [views["street-after-rain"].camera, views["desk-by-the-window"].camera];
  if (name === "pan") {
    const wide = draw(street(rainyStreet), outside, width + panPx * (frames - 1));
    for (let i = 0; i < frames; i++) yield cropColumns(wide, panPx * i, width);
    return;
  }
  if (name === "car") {
    for (let i = 0; i < frames; i++) {
      const at = vector(-1.2, 0, 15 - (9 * i) / frames);
      const cars = [...rainyStreet.cars, { at, degrees: 180, paint: vector(0.5, 0.45, 0.1) }];
      yield draw(street({ ...rainyStreet, cars }), outside);
    }
    return;
  }
  const first =
    name === "lamp" ? draw(room({ ...eveningRoom, lampColour: black }), inside) : draw(street(rainyStreet), outside);
  const second = name === "still" ? first : draw(room(eveningRoom), inside);
  for (let i = 0; i < frames; i++) yield i < frames / 2 ? first : second;
}

/** The columns of a picture from one on. */
export function cropColumns({ width, height, samples }: LinearPicture, left: number, columns: number): LinearPicture {
  const cropped = new Float32Array(columns * height * 3);
  for (let y = 0; y < height; y++) {
    const from = (y * width + left) * 3;
    cropped.set(samples.subarray(from, from + columns * 3), y * columns * 3);
  }
  return { width: columns, height, channels: 3, samples: cropped };
}
