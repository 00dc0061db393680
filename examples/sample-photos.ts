import { createRandom, type Picture } from "@kindling/core";
import {
  type CameraSettings,
  type LinearPicture,
  lightOfKelvin,
  perfectCamera,
  readNoiseOf,
  recordScene,
} from "@kindling/lab";
import { addLensGlare } from "./scenes/lens-glare.ts";
import { render } from "./scenes/render.ts";
import { type ViewName, views } from "./scenes/sample-scenes.ts";
import { developFilm } from "./scenes/tone-curve.ts";

/** One sample photo: what it shows, its size as displayed, and how the camera took it. */
export interface SamplePhoto {
  readonly name: ViewName;
  readonly width: number;
  readonly height: number;
  /** Rays of a pixel: this number squared. */
  readonly samplesPerSide: number;
  readonly camera: CameraSettings;
  /** Film speed as EXIF has it. */
  readonly iso: number;
  /** Exposure time as EXIF has it, in seconds. */
  readonly exposureTime: string;
  /** Moment it was taken, as EXIF writes it. */
  readonly takenAt: string;
  readonly format: "jpg" | "png16";
  /** EXIF orientation: 1 stored upright, 6 stored lying on its left side, as phones do. */
  readonly orientation: 1 | 6;
}

const landscape = { width: 960, height: 640, samplesPerSide: 3, format: "jpg", orientation: 1 } as const;
const seed = 20261120;

/** Every sample photo. */
export const samplePhotos: readonly SamplePhoto[] = [
  {
    ...landscape,
    name: "street-after-rain",
    ...exposeAt(-4, 1600, { cornerAngleDegrees: 22 }),
    exposureTime: "1/60",
    takenAt: "2025:11:07 22:41:09",
  },
  {
    name: "lantern-lane",
    width: 640,
    height: 960,
    samplesPerSide: 3,
    ...exposeAt(-4.5, 1600, { whiteBalanceGains: [1.08, 1, 0.9], cornerAngleDegrees: 25 }),
    exposureTime: "1/50",
    takenAt: "2025:12:19 21:15:42",
    format: "jpg",
    orientation: 6,
  },
  {
    ...landscape,
    name: "cold-crossing",
    ...exposeAt(-3.5, 6400, { whiteBalanceGains: [0.94, 1, 1.06], cornerAngleDegrees: 22 }),
    exposureTime: "1/125",
    takenAt: "2026:01:30 23:58:20",
  },
  {
    ...landscape,
    name: "desk-by-the-window",
    ...exposeAt(-5, 1600, { cornerAngleDegrees: 18 }),
    exposureTime: "1/30",
    takenAt: "2026:02:14 20:03:55",
  },
  {
    ...landscape,
    name: "still-life",
    ...exposeAt(-3, 800, { lightGains: lightOfKelvin(3200), whiteBalanceGains: [1.1, 1, 0.85] }),
    exposureTime: "1/40",
    takenAt: "2026:02:15 19:27:31",
  },
  {
    name: "moonlit-room",
    width: 480,
    height: 320,
    samplesPerSide: 4,
    ...exposeAt(-5.5, 800, { recordedBits: 16 }),
    exposureTime: "1/15",
    takenAt: "2026:03:02 02:12:18",
    format: "png16",
    orientation: 1,
  },
];

/** A sample photo, all three ways. */
export interface Rendering {
  /** Light of the scene, 1 = white in a well exposed photo. */
  readonly scene: LinearPicture;
  /** Well exposed, without noise: what an enhancer should come close to. */
  readonly reference: Picture;
  /** As the camera took it. */
  readonly dark: Picture;
}

/** Renders one sample photo at any size, upright, with n x n rays a pixel. */
export function renderSamplePhoto(
  photo: SamplePhoto,
  width: number,
  height: number,
  samplesPerSide: number,
): Rendering {
  const view = views[photo.name];
  const scene = addLensGlare(render(view.scene(), view.camera, width, height, samplesPerSide));
  const noiseSeed = Math.floor(createRandom(seed, photo.name)() * 2 ** 32);
  return { scene, reference: developFilm(scene), dark: recordScene(scene, photo.camera, noiseSeed) };
}

/** An invented camera with a sensor of APS-C size, whose photosites hold 30,000 electrons at ISO 100. */
function exposeAt(exposureEv: number, iso: number, rest: Partial<CameraSettings>): Pick<SamplePhoto, "camera" | "iso"> {
  const a = iso / 3e6;
  const camera: CameraSettings = {
    ...perfectCamera,
    exposureEv,
    channelGains: [2, 1, 1.6],
    mosaic: 0,
    noise: { a, b: readNoiseOf(a), readShape: 0.1, rowShare: 0.07 },
    converterBits: 14,
    recordedBits: 8,
    ...rest,
  };
  return { camera, iso };
}
