import type { CodingCurve } from "../metadata/colour-coding.ts";
import { decodeSrgb } from "./srgb.ts";

/** Parameters of ICC's formula of the third kind: (a x + b)^gamma from d on, c x below. */
export interface CurveFormula {
  readonly gamma: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

/** A camera's curve, by its inverse: `scale` x^0.45 - (`scale` - 1) above `toe` of light, `slope` x below. */
function cameraFormula(scale: number, slope: number, toe: number): CurveFormula {
  return { gamma: 1 / 0.45, a: 1 / scale, b: (scale - 1) / scale, c: 1 / slope, d: slope * toe };
}

const formulas = {
  srgb: { gamma: 2.4, a: 1 / 1.055, b: 0.055 / 1.055, c: 1 / 12.92, d: 0.04045 },
  // Source: ITU-R BT.709-6, 1.2, with the constants of H.273.
  bt709: cameraFormula(1.09929682680944, 4.5, 0.018053968510807),
  // Source: SMPTE ST 240, as H.273 gives it.
  smpte240: cameraFormula(1.111572195921731, 4, 0.022821585529445),
} as const;

/** The formula of a curve of standard range; a power where it has no straight part. */
export function formulaOfCurve(curve: Exclude<CodingCurve, "pq" | "hlg">): CurveFormula | number {
  return typeof curve === "object" ? curve.gamma : formulas[curve];
}

/** Source: SMPTE ST 2084 (PQ), as ITU-R BT.2100-2, table 4; the result in cd/m2. */
export function decodePq(encoded: number): number {
  const [m1, m2] = [2610 / 16384, (2523 / 4096) * 128];
  const [c1, c2, c3] = [3424 / 4096, (2413 / 4096) * 32, (2392 / 4096) * 32];
  const power = Math.max(encoded, 0) ** (1 / m2);
  return 10000 * (Math.max(power - c1, 0) / (c2 - c3 * power)) ** (1 / m1);
}

/** Scene light of a sample of HLG, 0 to 1. Source: ITU-R BT.2100-2, table 5. */
export function decodeHlg(encoded: number): number {
  const [a, b, c] = [0.17883277, 0.28466892, 0.55991073];
  return encoded <= 0.5 ? Math.max(encoded, 0) ** 2 / 3 : (Math.exp((encoded - c) / a) + b) / 12;
}

/** Light of a sample of standard range, 0 to 1. */
export function decodeCurve(curve: Exclude<CodingCurve, "pq" | "hlg">, encoded: number): number {
  if (curve === "srgb") return decodeSrgb(encoded);
  const formula = formulaOfCurve(curve);
  if (typeof formula === "number") return Math.max(encoded, 0) ** formula;
  const { gamma, a, b, c, d } = formula;
  return encoded >= d ? (a * encoded + b) ** gamma : c * encoded;
}
