import { encodeSrgb } from "@kindling/core";
import type { ToneCurve } from "./camera-settings.ts";

/** Steps of the table, even in the square root of light, where the curve is nearly straight. */
const steps = 8192;

/**
 * Makes a function from linear light to encoded values: sRGB, then toe and S-curve.
 *
 * With e the sRGB value, the toe is e - toe e (1 - e)^4 and the S-curve e + contrast e (1 - e) (2 e - 1); both keep black and
 * white, and both curves are ours. The result is a table with linear interpolation, within 1e-6 of the formula.
 *
 * @returns a function that takes light of at most 1 (above is white). It is odd: noise below black stays below, until noise
 * reduction has averaged it, as if that came before the encoding.
 */
export function tabulateToneCurve({ contrast, toe }: ToneCurve): (light: number) => number {
  const table = new Float32Array(steps + 2);
  for (let i = 0; i <= steps + 1; i++) {
    const encoded = encodeSrgb(Math.min(1, (i / steps) ** 2));
    const shaded = encoded - toe * encoded * (1 - encoded) ** 4;
    table[i] = shaded + contrast * shaded * (1 - shaded) * (2 * shaded - 1);
  }
  return (light) => {
    const at = steps * Math.sqrt(Math.min(1, Math.abs(light)));
    const i = Math.floor(at);
    const encoded = table[i] + (at - i) * (table[i + 1] - table[i]);
    return light < 0 ? -encoded : encoded;
  };
}
