import { decodeSrgb } from "../colour/srgb.ts";
import type { Picture } from "../image/picture.ts";
import { requireSameShape } from "./same-shape.ts";

const lightSteps = 65535;
const degrees = Math.PI / 180;

/**
 * CIEDE2000: the perceived difference of colours; about 1 is just visible. Less is better.
 *
 * The mean over the pixels; 0 for equal pictures. Both are taken as sRGB under D65. Symmetric.
 *
 * Source: CIE 142-2001; CIELAB with the white point and matrix of scikit-image, whose third digits differ from
 * OpenCV's.
 *
 * @throws {KindlingError} `unsupported` where size or colours differ.
 * @example
 * // runs
 * ciede2000(result, reference); // 5.60
 */
export function ciede2000(result: Picture, reference: Picture): number {
  requireSameShape(result, reference);
  const pixels = result.width * result.height;
  const light = Float64Array.from({ length: lightSteps + 1 }, (_, i) => decodeSrgb(i / lightSteps));
  let sum = 0;
  for (let i = 0; i < pixels; i++) sum += colourDifference(labOf(result, i, light), labOf(reference, i, light));
  return sum / pixels;
}

/**
 * CIELAB of a pixel: L 0..100, a and b with neutral at 0. Samples are read to 16 bits, which is all that files hold.
 */
function labOf({ samples, channels }: Picture, pixel: number, light: Float64Array): [number, number, number] {
  const p = pixel * channels;
  const [green, blue] = channels >= 3 ? [p + 1, p + 2] : [p, p];
  const r = light[Math.round(samples[p] * lightSteps)];
  const g = light[Math.round(samples[green] * lightSteps)];
  const b = light[Math.round(samples[blue] * lightSteps)];
  const x = cieRoot((0.412453 * r + 0.35758 * g + 0.180423 * b) / 0.95047);
  const y = cieRoot(0.212671 * r + 0.71516 * g + 0.072169 * b);
  const z = cieRoot((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function cieRoot(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
}

/**
 * The CIEDE2000 difference of two CIELAB colours: L 0..100, a and b with neutral at 0; kL = kC = kH = 1.
 *
 * Source: Sharma, Wu, Dalal, The CIEDE2000 color-difference formula: implementation notes, supplementary test data,
 * and mathematical observations, Color Research and Application 30(1), 2005, equations 2 to 22.
 */
export function colourDifference(
  [l1, a1, b1]: readonly [number, number, number],
  [l2, a2, b2]: readonly [number, number, number],
): number {
  const stretch = 1 + 0.5 * (1 - chromaShare((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2));
  const c1 = Math.hypot(a1 * stretch, b1);
  const c2 = Math.hypot(a2 * stretch, b2);
  const h1 = hueAngle(a1 * stretch, b1);
  const h2 = hueAngle(a2 * stretch, b2);
  const isGrey = c1 * c2 === 0;

  // Hues lie on a circle: the difference goes the short way round, and the mean lies on that way.
  const turn = h2 - h1;
  const hueTurn = isGrey ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
  const hueSum = h1 + h2;
  const meanHue = isGrey
    ? hueSum
    : Math.abs(turn) <= 180
      ? hueSum / 2
      : hueSum < 360
        ? (hueSum + 360) / 2
        : (hueSum - 360) / 2;
  const meanLightness = (l1 + l2) / 2;
  const meanChroma = (c1 + c2) / 2;

  const t =
    1 -
    0.17 * Math.cos((meanHue - 30) * degrees) +
    0.24 * Math.cos(2 * meanHue * degrees) +
    0.32 * Math.cos((3 * meanHue + 6) * degrees) -
    0.2 * Math.cos((4 * meanHue - 63) * degrees);
  const fromMiddle = (meanLightness - 50) ** 2;
  const lightness = (l2 - l1) / (1 + (0.015 * fromMiddle) / Math.sqrt(20 + fromMiddle));
  const chroma = (c2 - c1) / (1 + 0.045 * meanChroma);
  const hue = (2 * Math.sqrt(c1 * c2) * Math.sin((hueTurn / 2) * degrees)) / (1 + 0.015 * meanChroma * t);
  const blueRotation = 60 * Math.exp(-(((meanHue - 275) / 25) ** 2)) * degrees;
  const rotation = -Math.sin(blueRotation) * 2 * chromaShare(meanChroma);
  return Math.sqrt(lightness ** 2 + chroma ** 2 + hue ** 2 + rotation * chroma * hue);
}

function chromaShare(chroma: number): number {
  return Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
}

function hueAngle(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const angle = Math.atan2(b, a) / degrees;
  return angle < 0 ? angle + 360 : angle;
}
