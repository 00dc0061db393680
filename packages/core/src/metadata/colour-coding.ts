/** CIE 1931 x and y of red, green, blue and white. */
export interface Chromaticities {
  readonly red: readonly [x: number, y: number];
  readonly green: readonly [x: number, y: number];
  readonly blue: readonly [x: number, y: number];
  readonly white: readonly [x: number, y: number];
}

/** How samples become light: a named curve, or a power. `pq` and `hlg` are of high dynamic range. */
export type CodingCurve = "srgb" | "bt709" | "smpte240" | "pq" | "hlg" | { readonly gamma: number };

/** Colour as files tell it without an ICC profile. */
export interface ColourCoding {
  readonly primaries: Chromaticities;
  readonly curve: CodingCurve;
}

const d65 = [0.3127, 0.329] as const;

/** The primaries of sRGB and BT.709. */
export const srgbPrimaries: Chromaticities = { red: [0.64, 0.33], green: [0.3, 0.6], blue: [0.15, 0.06], white: d65 };

/** The colours of a file that tells nothing. */
export const srgbCoding: ColourCoding = { primaries: srgbPrimaries, curve: "srgb" };

/** Adobe RGB (1998): its gamma is 2 51/256. */
export const adobeRgbCoding: ColourCoding = {
  primaries: { red: [0.64, 0.33], green: [0.21, 0.71], blue: [0.15, 0.06], white: d65 },
  curve: { gamma: 563 / 256 },
};

const illuminantC = [0.31, 0.316] as const;
const ntsc = { red: [0.63, 0.34], green: [0.31, 0.595], blue: [0.155, 0.07], white: d65 } as const;

/** Source: ITU-T H.273 (07/2024), table 2. */
const cicpPrimaries: Readonly<Record<number, Chromaticities>> = {
  1: srgbPrimaries,
  4: { red: [0.67, 0.33], green: [0.21, 0.71], blue: [0.14, 0.08], white: illuminantC },
  5: { red: [0.64, 0.33], green: [0.29, 0.6], blue: [0.15, 0.06], white: d65 },
  6: ntsc,
  7: ntsc,
  8: { red: [0.681, 0.319], green: [0.243, 0.692], blue: [0.145, 0.049], white: illuminantC },
  9: { red: [0.708, 0.292], green: [0.17, 0.797], blue: [0.131, 0.046], white: d65 },
  11: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: [0.314, 0.351] },
  12: { red: [0.68, 0.32], green: [0.265, 0.69], blue: [0.15, 0.06], white: d65 },
  22: { red: [0.63, 0.34], green: [0.295, 0.605], blue: [0.155, 0.077], white: d65 },
};

/** Source: ITU-T H.273 (07/2024), table 3. The curves of cameras (1, 6, 14, 15) count by their inverse. */
const cicpCurves: Readonly<Record<number, CodingCurve>> = {
  1: "bt709",
  4: { gamma: 2.2 },
  5: { gamma: 2.8 },
  6: "bt709",
  7: "smpte240",
  8: { gamma: 1 },
  11: "bt709",
  12: "bt709",
  13: "srgb",
  14: "bt709",
  15: "bt709",
  16: "pq",
  17: { gamma: 2.6 },
  18: "hlg",
};

/**
 * The colour coding of CICP code points, as nclx in AVIF and HEIC, cICP in PNG and JPEG XL tell it; undefined where both
 * are unspecified. One that is unspecified, reserved or not of RGB counts as that of sRGB.
 *
 * Source: ITU-T H.273.
 */
export function codingOfCicp(primaries: number, transfer: number): ColourCoding | undefined {
  const known = { primaries: cicpPrimaries[primaries], curve: cicpCurves[transfer] };
  if (!known.primaries && !known.curve) return undefined;
  return { primaries: known.primaries ?? srgbPrimaries, curve: known.curve ?? "srgb" };
}
