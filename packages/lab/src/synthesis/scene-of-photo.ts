import { copyPicture, decodeSrgb, type Picture } from "@kindling/core";
import { colourChannels } from "@kindling/core/internal";

/**
 * A picture in linear light: the layout of any picture, but colour samples proportional to light.
 *
 * A camera at 0 EV records 1 as white; highlights and lamps have values above 1.
 */
export type LinearPicture = Picture;

/** Encoded value from which a sample may have been clipped by the camera. */
const clippedFrom = 0.8;

/**
 * Estimates the scene that a good photo shows: its linear light, with highlights raised that the camera may have clipped.
 *
 * A lamp is brighter than the white of its photo, and stays white at a shorter exposure; without this it would turn grey.
 * The light of a pixel is multiplied by 2^(stops s), where s goes smoothly from 0 to 1 (3 t^2 - 2 t^3) as its largest
 * channel, encoded, goes from 0.8 to 1. White walls grow brighter with the lamps, since the photo does not distinguish them.
 * Source of the expand map: Banterle, Ledda, Debattista, Chalmers, "Inverse tone mapping", GRAPHITE 2006; the curve is ours.
 *
 * @param photo grey or RGB, encoded as sRGB, 0 to 1; not changed.
 * @param highlightStops how much brighter than white the highlights were, in stops (EV), 0 or more.
 * @returns a new picture of the same size and channels in linear light, 0 to 2^stops, alpha copied.
 * @example
 * // runs
 * const scene = sceneOfPhoto(picture, 2);
 * const night = recordScene(scene, { ...perfectCamera, exposureEv: -4 }, 1);
 */
export function sceneOfPhoto(photo: Picture, highlightStops: number): LinearPicture {
  const scene = copyPicture(photo);
  const { samples, channels } = scene;
  const colours = colourChannels(photo);
  for (let first = 0; first < samples.length; first += channels) {
    const end = first + colours;
    let brightest = 0;
    for (let c = first; c < end; c++) brightest = Math.max(brightest, samples[c]);
    const t = Math.min(Math.max((brightest - clippedFrom) / (1 - clippedFrom), 0), 1);
    const gain = t === 0 ? 1 : 2 ** (highlightStops * t * t * (3 - 2 * t));
    for (let c = first; c < end; c++) samples[c] = decode(samples[c]) * gain;
  }
  return scene;
}

/** Steps of the table of linear light; interpolated between them, it is within 1e-7 of the formula. */
const steps = 4096;
const lightOfSteps = Float64Array.from({ length: steps + 2 }, (_, i) => decodeSrgb(i / steps));

function decode(encoded: number): number {
  const at = steps * Math.min(Math.max(encoded, 0), 1);
  const i = Math.floor(at);
  return lightOfSteps[i] + (at - i) * (lightOfSteps[i + 1] - lightOfSteps[i]);
}
