import { createRandom, encodeSrgb, type Picture } from "@kindling/node";
import { gaussian } from "./gaussian.ts";
import { paintPicture, sceneHeight, sceneWidth } from "./paint-picture.ts";

/**
 * Standard deviation of the read noise in linear light: variance b of a phone at high film speed, where
 * ln b = 2.18 ln a + 1.2 at a = 2e-3 (Brooks et al., "Unprocessing images for learned raw denoising", 2019).
 */
const readNoise = Math.sqrt(Math.exp(2.18 * Math.log(2e-3) + 1.2));
const whiteBalance = [2, 1, 1.7] as const;

/**
 * A frame taken with the lens cap on: read noise on a Bayer mosaic, clipped at black, demosaiced bilinearly, white
 * balanced and encoded. Its noise is coloured and correlated, as that of finished files is.
 */
export function drawSensorNoise(): Picture {
  const random = createRandom(1, "sensor");
  const mosaic = Float64Array.from({ length: sceneWidth * sceneHeight }, () =>
    Math.max(readNoise * gaussian(random), 0),
  );
  return paintPicture((x, y) => [demosaic(mosaic, x, y, 0), demosaic(mosaic, x, y, 1), demosaic(mosaic, x, y, 2)]);
}

/** Mean of the sites of one colour around a pixel, nearer ones weighted more: bilinear interpolation. */
function demosaic(mosaic: Float64Array, x: number, y: number, colour: 0 | 1 | 2): number {
  let [sum, weights] = [0, 0];
  for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, sceneHeight - 1); row++) {
    for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, sceneWidth - 1); column++) {
      // RGGB: the number of odd coordinates is the colour.
      if ((row % 2) + (column % 2) !== colour) continue;
      const weight = (2 - Math.abs(row - y)) * (2 - Math.abs(column - x));
      sum += weight * mosaic[row * sceneWidth + column];
      weights += weight;
    }
  }
  return encodeSrgb((whiteBalance[colour] * sum) / weights);
}
