import type { Picture } from "../image/picture.ts";
import { roundHalfEven } from "../image/round-half-even.ts";
import { readCurve, sampleCurve } from "./curve.ts";
import { decodeSrgb, encodeSrgb } from "./srgb.ts";

/**
 * CIELAB of sRGB colours under D65, scaled as in 8-bit files whatever the precision: L from 0 (black) to 255 (white),
 * a and b with neutral at 128. `lab` is filled with three values a pixel.
 */
export interface LabConverter {
  /** Converts the `count` pixels of an RGB or RGBA picture that begin at pixel `first`. */
  readonly toLab: (picture: Picture, first: number, count: number, lab: Float64Array) => void;
  /** Writes `count` pixels back at pixel `first` as sRGB, clipped to 0..1; alpha is left alone. */
  readonly fromLab: (lab: Float64Array, picture: Picture, first: number, count: number) => void;
}

/**
 * Lab at the precision of a file.
 *
 * With 255 levels all three are whole numbers and RGB is read in whole levels, by OpenCV's fixed-point arithmetic
 * (`COLOR_RGB2Lab` on bytes). With 65535 nothing is rounded.
 */
export function labConverter(levels: 255 | 65535): LabConverter {
  return { toLab: levels === 255 ? fixedPointToLab() : floatToLab(), fromLab: floatFromLab() };
}

/** The CIE function f of t = 0..1: a cube root with a straight part near black. */
function cieRoot(t: number): number {
  return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
}

/** OpenCV's bytes: 2040 steps of light, 15 fractional bits of f, and the white point in the matrix (12 bits). */
function fixedPointToLab(): LabConverter["toLab"] {
  const light = Int32Array.from({ length: 256 }, (_, v) => Math.round(2040 * decodeSrgb(v / 255)));
  // Roots are float32 before they are rounded: some lie so near a half that it decides.
  const root = Int32Array.from({ length: 2042 }, (_, i) => roundHalfEven(32768 * Math.fround(cieRoot(i / 2040))));
  return ({ samples, channels }, first, count, lab) => {
    for (let i = 0, p = first * channels; i < 3 * count; i += 3, p += channels) {
      const r = light[(255 * samples[p] + 0.5) | 0];
      const g = light[(255 * samples[p + 1] + 0.5) | 0];
      const b = light[(255 * samples[p + 2] + 0.5) | 0];
      const x = root[(1777 * r + 1541 * g + 778 * b + 2048) >> 12];
      const y = root[(871 * r + 2929 * g + 296 * b + 2048) >> 12];
      const z = root[(73 * r + 448 * g + 3575 * b + 2048) >> 12];
      lab[i] = Math.min(255, (296 * y - 1336934 + 16384) >> 15);
      lab[i + 1] = (500 * (x - y) + 128 * 32768 + 16384) >> 15;
      lab[i + 2] = (200 * (y - z) + 128 * 32768 + 16384) >> 15;
    }
  };
}

// Rows of the sRGB to XYZ matrix (D65), each divided by the white point's X, Y, Z, and the inverse of that.
const xyzFromRgb = [
  0.412453 / 0.950456,
  0.35758 / 0.950456,
  0.180423 / 0.950456,
  0.212671,
  0.71516,
  0.072169,
  0.019334 / 1.088754,
  0.119193 / 1.088754,
  0.950227 / 1.088754,
] as const;
const rgbFromXyz = [
  3.240479 * 0.950456,
  -1.53715,
  -0.498535 * 1.088754,
  -0.969256 * 0.950456,
  1.875991,
  0.041556 * 1.088754,
  0.055648 * 0.950456,
  -0.204043,
  1.057311 * 1.088754,
] as const;

// The numbers of samples keep the error between two of them far below one of 65535 levels.
function floatToLab(): LabConverter["toLab"] {
  const lightCurve = sampleCurve(65535, decodeSrgb);
  const rootCurve = sampleCurve(32768, cieRoot);
  const [xr, xg, xb, yr, yg, yb, zr, zg, zb] = xyzFromRgb;
  return ({ samples, channels }, first, count, lab) => {
    for (let i = 0, p = first * channels; i < 3 * count; i += 3, p += channels) {
      const r = readCurve(lightCurve, samples[p]);
      const g = readCurve(lightCurve, samples[p + 1]);
      const b = readCurve(lightCurve, samples[p + 2]);
      const x = readCurve(rootCurve, xr * r + xg * g + xb * b);
      const y = readCurve(rootCurve, yr * r + yg * g + yb * b);
      const z = readCurve(rootCurve, zr * r + zg * g + zb * b);
      lab[i] = (116 * y - 16) * 2.55;
      lab[i + 1] = 500 * (x - y) + 128;
      lab[i + 2] = 200 * (y - z) + 128;
    }
  };
}

function floatFromLab(): LabConverter["fromLab"] {
  const encodingCurve = sampleCurve(65536, encodeSrgb);
  const [rx, ry, rz, gx, gy, gz, bx, by, bz] = rgbFromXyz;
  return (lab, { samples, channels }, first, count) => {
    for (let i = 0, p = first * channels; i < 3 * count; i += 3, p += channels) {
      const rootY = (lab[i] / 2.55 + 16) / 116;
      const x = cieCube(rootY + (lab[i + 1] - 128) / 500);
      const y = cieCube(rootY);
      const z = cieCube(rootY - (lab[i + 2] - 128) / 200);
      samples[p] = readCurve(encodingCurve, rx * x + ry * y + rz * z);
      samples[p + 1] = readCurve(encodingCurve, gx * x + gy * y + gz * z);
      samples[p + 2] = readCurve(encodingCurve, bx * x + by * y + bz * z);
    }
  };
}

/** The inverse of `cieRoot`. */
function cieCube(root: number): number {
  return root > 7.787 * 0.008856 + 16 / 116 ? root * root * root : (root - 16 / 116) / 7.787;
}
