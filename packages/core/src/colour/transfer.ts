import { hasAscii, viewOf } from "../metadata/byte-list.ts";
import { decodeSrgb, encodeSrgb } from "./srgb.ts";

/** Conversion between encoded samples and linear light, both 0 to 1 and rising together. */
export interface Transfer {
  readonly toLinear: (encoded: number) => number;
  readonly fromLinear: (linear: number) => number;
}

/** The transfer of sRGB and Display P3, assumed for pictures without a profile. */
export const srgbTransfer: Transfer = { toLinear: decodeSrgb, fromLinear: encodeSrgb };

/**
 * The transfer a colour profile states: its green (or grey) tone curve, as a gamma, a formula or a table.
 * Profiles without a curve of their own, or damaged, are taken as sRGB.
 *
 * Source: ICC.1:2022, 10.6 (curveType) and 10.18 (parametricCurveType).
 *
 * @example
 * // runs
 * transferOfProfile(undefined).toLinear(0.5); // 0.214
 */
export function transferOfProfile(icc: Uint8Array | undefined): Transfer {
  const curve = icc && (tagOf(icc, "gTRC") ?? tagOf(icc, "kTRC"));
  const toLinear = curve && curveOf(curve);
  if (!toLinear || !isRising(toLinear)) return srgbTransfer;
  return { toLinear, fromLinear: inverseOf(toLinear) };
}

/** The data of a tag of a profile, its type included; nothing where it has none or is cut short. */
export function tagOf(icc: Uint8Array, signature: string): Uint8Array | undefined {
  if (icc.length < 132) return undefined;
  const view = viewOf(icc);
  const count = view.getUint32(128);
  for (let at = 132, i = 0; i < count && at + 12 <= icc.length; i++, at += 12) {
    if (!hasAscii(icc, at, signature)) continue;
    const offset = view.getUint32(at + 4);
    const size = view.getUint32(at + 8);
    return size >= 12 && offset + size <= icc.length ? icc.subarray(offset, offset + size) : undefined;
  }
  return undefined;
}

function curveOf(tag: Uint8Array): ((encoded: number) => number) | undefined {
  if (hasAscii(tag, 0, "curv")) return tableCurve(tag);
  if (hasAscii(tag, 0, "para")) return formulaCurve(tag);
  return undefined;
}

function tableCurve(tag: Uint8Array): ((encoded: number) => number) | undefined {
  const view = viewOf(tag);
  const count = view.getUint32(8);
  if (count === 0) return (encoded) => encoded;
  if (12 + count * 2 > tag.length) return undefined;
  if (count === 1) {
    const gamma = view.getUint16(12) / 256;
    return (encoded) => encoded ** gamma;
  }
  const table = Float64Array.from({ length: count }, (_, i) => view.getUint16(12 + i * 2) / 65535);
  return (encoded) => {
    const place = Math.min(Math.max(encoded, 0), 1) * (count - 1);
    const index = Math.min(Math.floor(place), count - 2);
    return table[index] + (place - index) * (table[index + 1] - table[index]);
  };
}

/** Parameters of the five formulas in the order of the standard; the names are the standard's. */
function formulaCurve(tag: Uint8Array): ((encoded: number) => number) | undefined {
  const view = viewOf(tag);
  const kind = view.getUint16(8);
  const count = [1, 3, 4, 5, 7][kind];
  if (count === undefined || 12 + count * 4 > tag.length) return undefined;
  const [g, a = 1, b = 0, ...rest] = Array.from({ length: count }, (_, i) => view.getInt32(12 + i * 4) / 65536);
  if (g === undefined) return undefined;
  const power = (x: number) => Math.max(a * x + b, 0) ** g;
  if (kind === 0) return power;
  if (kind === 1) return (x) => (x >= -b / a ? power(x) : 0);
  const [c = 0, d = 0, e = 0, f = 0] = rest;
  if (kind === 2) return (x) => (x >= -b / a ? power(x) + c : c);
  return (x) => (x >= d ? power(x) + e : c * x + f);
}

function isRising(toLinear: (encoded: number) => number): boolean {
  let last = toLinear(0);
  for (let i = 1; i <= 64; i++) {
    const next = toLinear(i / 64);
    if (!(next >= last)) return false;
    last = next;
  }
  return last > 0.5;
}

/** Bisection: a profile's curve has no inverse in closed form. */
function inverseOf(toLinear: (encoded: number) => number): (linear: number) => number {
  return (linear) => {
    let low = 0;
    let high = 1;
    for (let i = 0; i < 40; i++) {
      const middle = (low + high) / 2;
      if (toLinear(middle) < linear) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
}
