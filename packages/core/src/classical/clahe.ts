import { defineMethod } from "./define-method.ts";
import { equaliseTiles, type TileTable } from "./tile-equalisation.ts";

/**
 * Contrast-limited adaptive histogram equalisation on the lightness.
 *
 * Each tile gets its own tone curve, whose steepness is limited by cutting the peaks of the tile's histogram and
 * spreading what was cut over all bins; curves are blended between tiles. Arithmetic of OpenCV's `createCLAHE`.
 *
 * Source: Zuiderveld 1994. Departure: works on L of CIELAB (grey pictures directly).
 */
export const clahe = defineMethod({
  name: "clahe",
  title: "Contrast-limited adaptive histogram equalisation",
  about:
    "Lifts local contrast in every part of the picture while limiting noise. Fast; a good first try for flat photos.",
  paper: {
    title: "Contrast limited adaptive histogram equalization",
    authors: "K. Zuiderveld",
    year: 1994,
    venue: "Graphics Gems IV",
    id: "10.1016/B978-0-12-336156-1.50061-6",
  },
  options: {
    clipLimit: {
      default: 2,
      min: 1,
      max: 40,
      about: "How steep a local tone curve may be; more gives stronger contrast and noise.",
    },
    tiles: {
      default: 8,
      min: 1,
      max: 32,
      integer: true,
      about: "Tiles along each side of the picture; more works on smaller detail.",
    },
  },
  enhance: (picture, { clipLimit, tiles }, context) => equaliseTiles(picture, tiles, clipTable(clipLimit), context),
});

/** The tone table of a histogram whose bins were cut at `clipLimit` times the mean bin and the rest spread over all bins. */
function clipTable(clipLimit: number): TileTable {
  return (histogram, area) => {
    const bins = histogram.length;
    const limit = Math.max(Math.floor((clipLimit * area) / bins), 1);
    let excess = 0;
    for (let bin = 0; bin < bins; bin++) {
      excess += Math.max(0, histogram[bin] - limit);
      histogram[bin] = Math.min(histogram[bin], limit);
    }
    const share = Math.floor(excess / bins);
    const rest = excess - share * bins;
    const step = Math.max(Math.floor(bins / rest), 1);
    for (let bin = 0; bin < bins; bin++) histogram[bin] += share;
    for (let i = 0; i < rest; i++) histogram[i * step]++;
    const scale = Math.fround((bins - 1) / area);
    let sum = 0;
    return Float32Array.from(histogram, (count) => {
      sum += count;
      return Math.min(bins - 1, sum * scale);
    });
  };
}
