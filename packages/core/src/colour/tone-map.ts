import { colourChannels, copyAlpha, createPicture, type Picture } from "../image/picture.ts";
import type { ColourCoding } from "../metadata/colour-coding.ts";
import { decodeHlg, decodePq } from "./coding-transfer.ts";
import { rgbToXyz } from "./primaries.ts";
import { encodeSrgb } from "./srgb.ts";

/** Luminance of white paper and of subtitles, in cd/m2, which becomes white. Source: ITU-R BT.2408-7, 2.2. */
const paperWhite = 203;

/** Peak of the display that HLG is graded on, and of what is kept of PQ. */
const peak = 1000;

/** The system gamma of HLG for that display. Source: ITU-R BT.2100-2, table 5. */
const systemGamma = 1.2;

/** Light up to this share of paper white stays as it is; above, highlights are drawn together. */
const knee = 0.7;

/**
 * Brings a picture of high dynamic range to standard range, in its own primaries and with the curve of sRGB.
 *
 * The rule: light over that of paper white (203 cd/m2, ITU-R BT.2408) stays as it is up to 0.7; above, the strongest of
 * red, green and blue is drawn together so that 1,000 cd/m2 become white, and the other two keep their share of it, so
 * hues stay. HLG is shown at a peak of 1,000 cd/m2.
 */
export function toneMap(picture: Picture, { primaries, curve }: ColourCoding): Picture {
  const mapped = createPicture(picture.width, picture.height, picture.channels);
  const colours = colourChannels(picture);
  const luminance = [1, 4, 7].map((i) => rgbToXyz(primaries)[i]);
  const decode = tabulate(curve === "pq" ? (value) => decodePq(value) / paperWhite : decodeHlg);
  const light = [0, 0, 0];
  const { samples, channels } = picture;
  for (let pixel = 0; pixel < samples.length; pixel += channels) {
    for (let c = 0; c < 3; c++) light[c] = decode(samples[pixel + Math.min(c, colours - 1)]);
    let gain = 1;
    if (curve === "hlg") {
      const scene = luminance[0] * light[0] + luminance[1] * light[1] + luminance[2] * light[2];
      gain = (peak / paperWhite) * scene ** (systemGamma - 1);
    }
    const most = gain * Math.max(light[0], light[1], light[2]);
    if (most > 0) gain *= drawTogether(most) / most;
    for (let c = 0; c < colours; c++) mapped.samples[pixel + c] = encodeSrgb(Math.min(gain * light[c], 1));
  }
  copyAlpha(picture, mapped, 0, picture.width * picture.height);
  return mapped;
}

/** Reinhard's extended curve above the knee, with the slope of 1 there. */
function drawTogether(light: number): number {
  if (light <= knee) return light;
  const most = (peak / paperWhite - knee) / (1 - knee);
  const over = Math.min((light - knee) / (1 - knee), most);
  return knee + ((1 - knee) * over * (1 + over / most ** 2)) / (1 + over);
}

/** A curve on the numbers of 16 bits. */
function tabulate(curve: (value: number) => number): (value: number) => number {
  const table = Float64Array.from({ length: 65536 }, (_, i) => curve(i / 65535));
  return (value) => table[Math.round(Math.min(Math.max(value, 0), 1) * 65535)];
}
