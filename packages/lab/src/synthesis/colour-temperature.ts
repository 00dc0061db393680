import { KindlingError } from "@kindling/core";
import type { Rgb } from "./colour-matrix.ts";

/** Colour temperature of sRGB white, D65, in kelvin. */
const whiteKelvin = 6504;

/**
 * Computes the colour of light relative to daylight: candles and bulbs are warm (2000 to 3000 K), shade is blue (8000 K up).
 *
 * The result is gains of linear sRGB light with green 1, relative to the same formula at 6504 K: daylight is [1, 1, 1].
 * The Planckian locus by the cubic fit of Kim et al. (US patent 7,024,034, 2006), then CIE xy to linear sRGB
 * (IEC 61966-2-1). Channels that fall outside sRGB, blue below about 1900 K, are 0.
 *
 * @param kelvin 1700 to 25000.
 * @throws {KindlingError} `invalid-option` outside that range, where the fit does not hold.
 * @example
 * // runs
 * const bulb = lightOfKelvin(2700); // [2.26, 1, 0.23]
 * const indoors = { ...perfectCamera, exposureEv: -3, lightGains: bulb };
 */
export function lightOfKelvin(kelvin: number): Rgb {
  if (!(kelvin >= 1700 && kelvin <= 25_000)) {
    throw new KindlingError("invalid-option", `A colour temperature must be from 1700 to 25000 K; got ${kelvin}.`);
  }
  const light = planckianRgb(kelvin);
  const white = planckianRgb(whiteKelvin);
  const green = light[1] / white[1];
  return [Math.max(0, light[0] / white[0] / green), 1, Math.max(0, light[2] / white[2] / green)];
}

function planckianRgb(kelvin: number): Rgb {
  const t = 1000 / kelvin;
  const x =
    kelvin <= 4000
      ? ((-0.2661239 * t - 0.234358) * t + 0.8776956) * t + 0.17991
      : ((-3.0258469 * t + 2.1070379) * t + 0.2226347) * t + 0.24039;
  const y =
    kelvin <= 2222
      ? ((-1.1063814 * x - 1.3481102) * x + 2.18555832) * x - 0.20219683
      : kelvin <= 4000
        ? ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867
        : ((3.081758 * x - 5.8733867) * x + 3.75112997) * x - 0.37001483;
  // XYZ of luminance 1.
  const X = x / y;
  const Z = (1 - x - y) / y;
  return [3.2406 * X - 1.5372 - 0.4986 * Z, -0.9689 * X + 1.8758 + 0.0415 * Z, 0.0557 * X - 0.204 + 1.057 * Z];
}
