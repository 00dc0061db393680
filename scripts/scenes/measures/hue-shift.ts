import { type Levels, linearLight } from "./levels.ts";

/** A pixel is lit if one of its channels is at least this, of 255. */
const litFrom = 16;

/**
 * How far the hue of the light has turned, in degrees of Oklab's hue angle, -180 to 180; from red above 0 towards
 * yellow. Compared are the mean a and b of the pixels that are lit in the photo, so each hue counts by its chroma.
 * Exposure in linear light leaves the angle as it is, which CIELAB's does not near black. NaN without a lit pixel.
 *
 * B. Ottosson, "A perceptual color space for image processing", 2020.
 */
export function hueShift(before: Levels, after: Levels): number {
  const lit: number[] = [];
  for (let i = 0; i < before.rgb.length; i += 3) {
    if (Math.max(before.rgb[i], before.rgb[i + 1], before.rgb[i + 2]) >= litFrom) lit.push(i);
  }
  if (lit.length === 0) return Number.NaN;
  const turned = meanHue(after, lit) - meanHue(before, lit);
  return ((((turned + 180) % 360) + 360) % 360) - 180;
}

function meanHue({ rgb }: Levels, pixels: readonly number[]): number {
  let [a, b] = [0, 0];
  for (const i of pixels) {
    const [red, green, blue] = [linearLight(rgb[i]), linearLight(rgb[i + 1]), linearLight(rgb[i + 2])];
    const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    a += 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
    b += 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  }
  return (180 / Math.PI) * Math.atan2(b, a);
}
