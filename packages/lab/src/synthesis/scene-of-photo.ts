import { copyPicture, decodeSrgb, type Picture } from "@kindling/core";
import { colourChannels } from "@kindling/core/internal";

/**
 * A picture in linear light: laid out like any picture, but its colour samples are proportional to light.
 *
 * 1 is what a camera at 0 EV records as white; more is allowed and is what highlights and lamps have.
 */
export type LinearPicture = Picture;

/** Brightness, encoded as sRGB, from which a sample may have been clipped by the camera. */
const clippedFrom = 0.8;

/**
 * The scene that a good photo shows: its linear light, with highlights given back what the camera may have cut off.
 *
 * White in a photo is all the light there was. A lamp in it was brighter, and stays white when the exposure is cut;
 * without this it would turn grey. The light of a pixel is multiplied by 2^(stops s), where s goes smoothly from 0 to 1
 * (3 t^2 - 2 t^3) as its largest channel, encoded, goes from 0.8 to 1. The idea of an expand map is that of Banterle,
 * Ledda, Debattista, Chalmers, "Inverse tone mapping", GRAPHITE 2006; the curve is our own. White walls grow brighter
 * with the lamps: nothing here tells them apart.
 *
 * @param photo grey or RGB, encoded as sRGB, 0 to 1; not changed.
 * @param highlightStops how much brighter than white clipped light was, in stops (EV), 0 or more; 0 = not at all.
 * @returns a new picture of the same size and channels in linear light, 0 to 2^stops, alpha copied.
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
    const gain = 2 ** (highlightStops * t * t * (3 - 2 * t));
    for (let c = first; c < end; c++) samples[c] = decodeSrgb(samples[c]) * gain;
  }
  return scene;
}
