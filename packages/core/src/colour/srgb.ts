/**
 * Converts an sRGB sample to linear light: undoes the encoding for displays.
 *
 * Encoded value in, linear light out, both 0 to 1 (values outside follow the same two branches).
 * IEC 61966-2-1:1999, section 5.2.
 *
 * @example
 * // runs
 * decodeSrgb(0.5); // 0.214
 */
export function decodeSrgb(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

/**
 * Converts linear light to the sRGB sample that shows it: the inverse of `decodeSrgb`.
 *
 * Linear light in, encoded value out, both 0 to 1. IEC 61966-2-1:1999, section 5.3.
 *
 * @example
 * // runs
 * const halfTheLight = encodeSrgb(0.5); // 0.735
 */
export function encodeSrgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}
