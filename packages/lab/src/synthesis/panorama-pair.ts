import { createRandom, encodeSrgb, finish, fuseExposures, type Picture } from "@kindling/core";
import { type DarkShot, drawDarkShot, type ShotRanges } from "./dark-shot.ts";
import { drawEvenly } from "./draw-from-range.ts";
import type { DrawnPair } from "./drawn-pair.ts";
import { recordScene } from "./expose-dark.ts";
import { drawView, renderView } from "./panorama-view.ts";
import type { LinearPicture } from "./scene-of-photo.ts";
import { recordShot } from "./shot-record.ts";

/** Exposures that are fused, in stops from the one that makes the mean logarithm of luminance middle grey. */
const fusedStops = { least: -6, most: 6, step: 2 } as const;

/** Shorter exposures are added down to this one where the brightest part needs them. */
const shortestStops = -12;

/** Linear light of middle grey. */
const middleGrey = 0.18;

/** Limits of the exposure of a dark photo, in the same stops. */
const exposureLimits = { darkest: -5, brightest: 0.5 } as const;

/** How the exposure for the brightest part is found: this share of the pixels is darker, and is exposed to this light. */
const brightest = { share: 0.995, light: 0.8 } as const;

/**
 * Draws a view of a panorama of scene light: as `normal` the fusion of seven or more exposures, which keeps window and room, and as
 * `low` one exposure by the camera model.
 *
 * The exposure is drawn evenly between two: the one that keeps the brightest part, from 4 stops below to half a stop above
 * the exposure that makes the view's mean logarithm middle grey, and 5 stops below that. Colour of the light, noise and
 * compression are drawn from `ranges` as for photos of kind `whole`; all shots are of that kind.
 *
 * @param panorama equirectangular, in linear light.
 * @param seed a whole number.
 * @param name of the pair: the same seed and name always give the same pair.
 * @param sidePx longer side of both pictures; they are 3 : 2.
 * @throws {KindlingError} what `drawDarkShot` throws.
 * @example
 * declare const panorama: LinearPicture;
 * declare const ranges: ShotRanges;
 * const { low, normal } = drawPanoramaPair(panorama, ranges, 1, "hall-1", 384);
 */
export function drawPanoramaPair(
  panorama: LinearPicture,
  ranges: ShotRanges,
  seed: number,
  name: string,
  sidePx: number,
): DrawnPair {
  const random = createRandom(seed, `view of ${name}`);
  const scene = renderView(panorama, drawView(random), sidePx, Math.round((sidePx * 2) / 3));
  const luminance = luminanceOf(scene).sort();
  const gain = middleGrey / logarithmicMean(luminance);
  for (let i = 0; i < scene.samples.length; i++) scene.samples[i] *= gain;
  const highlight = luminance[Math.floor(brightest.share * (luminance.length - 1))] * gain;
  const keepsHighlights = Math.log2(brightest.light / Math.max(highlight, 1e-6));
  const { darkest } = exposureLimits;
  const exposureEv = drawEvenly(
    [darkest, Math.min(Math.max(keepsHighlights, darkest + 1), exposureLimits.brightest)],
    random,
  );
  const shot = drawShotOfView(ranges, exposureEv, seed, name);
  return {
    scene: "panorama",
    normal: finish(fuseExposures(stopsToFuse(keepsHighlights).map((stops) => exposeScene(scene, stops)))),
    low: recordScene(scene, shot.camera, shot.noiseSeed),
    shot,
  };
}

function drawShotOfView(ranges: ShotRanges, exposureEv: number, seed: number, name: string): DarkShot {
  return drawDarkShot(
    { ...ranges, exposureEv: [exposureEv, exposureEv], parts: 0, unchanged: 0, lamps: 0 },
    seed,
    name,
  );
}

/**
 * Converts the circumstances of a view's dark photo to a row of a table without drawing its pair: what depends on the view's
 * light, as the exposure does, is empty.
 */
export function recordShotOfView(ranges: ShotRanges, seed: number, name: string): Record<string, string | number> {
  const { darkest, brightest } = exposureLimits;
  const dark = recordShot(drawShotOfView(ranges, darkest, seed, name));
  const bright = recordShot(drawShotOfView(ranges, brightest, seed, name));
  // The limit of noise only rises with the exposure, so what is equal at both ends is so between them.
  return Object.fromEntries(
    Object.entries(dark).map(([column, value]) => [column, bright[column] === value ? value : ""]),
  );
}

/** Exposures two stops apart, at least seven, the shortest of which keeps the brightest part. */
function stopsToFuse(keepsHighlights: number): number[] {
  const { least, most, step } = fusedStops;
  const shortest = Math.max(Math.min(Math.floor(keepsHighlights / step) * step, least), shortestStops);
  return Array.from({ length: (most - shortest) / step + 1 }, (_, k) => shortest + k * step);
}

/** Encodes an exposure of a scene without any noise. */
function exposeScene(scene: LinearPicture, stops: number): Picture {
  return { ...scene, samples: scene.samples.map((light) => encodeSrgb(Math.min(light * 2 ** stops, 1))) };
}

/** Relative luminance of all pixels (weights of ITU-R BT.709). */
function luminanceOf({ samples }: LinearPicture): Float32Array {
  const luminance = new Float32Array(samples.length / 3);
  for (let i = 0, from = 0; i < luminance.length; i++, from += 3) {
    luminance[i] = 0.2126 * samples[from] + 0.7152 * samples[from + 1] + 0.0722 * samples[from + 2];
  }
  return luminance;
}

/** Geometric mean; black counts as a millionth of the brightest. */
function logarithmicMean(ascending: Float32Array): number {
  const least = Math.max(ascending[ascending.length - 1] * 1e-6, 1e-12);
  return Math.exp(ascending.reduce((sum, value) => sum + Math.log(Math.max(value, least)), 0) / ascending.length);
}
