import { createPlane, type Plane } from "@kindling/core";
import type { CameraSettings } from "./camera-settings.ts";
import type { Rgb } from "./colour-matrix.ts";
import type { LinearPicture } from "./scene-of-photo.ts";
import { vignette } from "./vignetting.ts";

/** The photosites of a sensor: one plane with a colour filter mosaic, or a plane for each channel. */
export interface Photosites {
  readonly plane: Plane;
  /** Channel of the filter in even and odd rows, at even and odd columns. */
  readonly filters: readonly [even: readonly [number, number], odd: readonly [number, number]];
  /** Photosites whose mean is one value: 2 for the green of a picture that was reduced to half its size. */
  readonly averaged: 1 | 2;
}

const bayer = [
  [0, 1],
  [1, 2],
] as const;

/** Finds the channels of the colour filters of a Bayer mosaic that begins at `phase`. */
export function filtersOfPhase(phase: 0 | 1 | 2 | 3): Photosites["filters"] {
  const row = (y: number) => [bayer[y & 1][phase & 1], bayer[y & 1][(phase & 1) ^ 1]] as const;
  return [row(phase >> 1), row((phase >> 1) + 1)];
}

/**
 * Computes the light on the photosites of a sensor: exposure, colour of the light, lens, colour filters.
 *
 * @param scene grey or RGB in linear light. A grey one has the light of the green channel and no mosaic.
 * @returns planes of light, 0 or more, 1 = the photosite is full.
 */
export function exposePhotosites(scene: LinearPicture, camera: CameraSettings): Photosites[] {
  const grey = scene.channels < 3;
  const { mosaic } = camera;
  const lens = vignette(scene.width, scene.height, camera.cornerAngleDegrees);
  const expose = (filters: Photosites["filters"], averaged: 1 | 2): Photosites => ({
    plane: exposePlane(scene, camera, lens, filters),
    filters,
    averaged,
  });
  if (grey) return [expose(filtersOf(1), mosaic === "reduced" ? 2 : 1)];
  if (mosaic !== "reduced") return [expose(filtersOfPhase(mosaic), 1)];
  return ([0, 1, 2] as const).map((c) => expose(filtersOf(c), c === 1 ? 2 : 1));
}

function filtersOf(channel: number): Photosites["filters"] {
  return [
    [channel, channel],
    [channel, channel],
  ];
}

function exposePlane(
  { width, height, channels, samples }: LinearPicture,
  { exposureEv, lightGains, colourMatrix, channelGains }: CameraSettings,
  lens: Float32Array,
  filters: Photosites["filters"],
): Plane {
  const plane = createPlane(width, height);
  const exposure = 2 ** exposureEv;
  const isGrey = channels < 3;
  // What each filter passes of the scene's red, green and blue.
  const shares = colourMatrix.map((row, c): Rgb => {
    const gain = exposure / channelGains[c];
    return [gain * lightGains[0] * row[0], gain * lightGains[1] * row[1], gain * lightGains[2] * row[2]];
  });
  const greyShare = (exposure * lightGains[1]) / channelGains[1];
  for (let y = 0; y < height; y++) {
    const row = filters[y & 1];
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const first = i * channels;
      const share = shares[row[x & 1]];
      const light = isGrey
        ? greyShare * samples[first]
        : share[0] * samples[first] + share[1] * samples[first + 1] + share[2] * samples[first + 2];
      // Saturated colours can lie outside those that a sensor's matrix describes.
      plane.values[i] = light > 0 ? light * lens[i] : 0;
    }
  }
  return plane;
}
