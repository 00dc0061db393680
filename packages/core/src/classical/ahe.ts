import { defineMethod } from "./define-method.ts";
import { equalisationTable } from "./equalisation-table.ts";
import { equaliseTiles } from "./tile-equalisation.ts";

/**
 * Adaptive histogram equalisation on the lightness, with no limit of contrast.
 *
 * Each tile is equalised as `he` does a whole picture, and the tone curves are blended between tiles (the interpolated
 * variant of the paper). Evenly dark parts are pulled over the whole range, their noise with them.
 *
 * Source: Pizer et al. 1987, section 3. Departures: works on L of CIELAB (grey pictures directly); the darkest value
 * of a tile stays black, so that an all-black tile does not turn white.
 */
export const ahe = defineMethod({
  name: "ahe",
  title: "Adaptive histogram equalisation",
  about: "The strongest local contrast, noise included: shows what is in the dark rather than a picture to keep. Fast.",
  paper: {
    title: "Adaptive histogram equalization and its variations",
    authors:
      "S. M. Pizer, E. P. Amburn, J. D. Austin, R. Cromartie, A. Geselowitz, T. Greer, B. ter Haar Romeny, J. B. Zimmerman, K. Zuiderveld",
    year: 1987,
    venue: "Computer Vision, Graphics, and Image Processing, 39(3)",
    id: "10.1016/S0734-189X(87)80186-X",
  },
  options: {
    tiles: {
      default: 8,
      min: 1,
      max: 32,
      integer: true,
      about: "Tiles along each side of the picture; more works on smaller detail.",
    },
  },
  enhance: (picture, { tiles }, context) => equaliseTiles(picture, tiles, equalisationTable, context),
});
