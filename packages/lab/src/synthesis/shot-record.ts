import type { Matrix } from "./colour-matrix.ts";
import type { DarkShot } from "./dark-shot.ts";

const columns = {
  kind: ({ kind }: DarkShot) => kind,
  exposure_ev: ({ camera }: DarkShot) => camera.exposureEv,
  shot_noise: ({ camera }: DarkShot) => camera.noise.a,
  read_noise: ({ camera }: DarkShot) => camera.noise.b,
  read_shape: ({ camera }: DarkShot) => camera.noise.readShape,
  row_noise: ({ camera }: DarkShot) => camera.noise.rowShare,
  kelvin: ({ kelvin }: DarkShot) => kelvin,
  adaptation: ({ adaptation }: DarkShot) => adaptation,
  red_balance: ({ camera }: DarkShot) => camera.whiteBalanceGains[0],
  blue_balance: ({ camera }: DarkShot) => camera.whiteBalanceGains[2],
  red_gain: ({ camera }: DarkShot) => camera.channelGains[0],
  blue_gain: ({ camera }: DarkShot) => camera.channelGains[2],
  colour_matrix: ({ camera }: DarkShot) => listMatrix(camera.colourMatrix),
  correction_matrix: ({ camera }: DarkShot) => listMatrix(camera.correctionMatrix),
  mosaic: ({ camera }: DarkShot) => camera.mosaic,
  converter_bits: ({ camera }: DarkShot) => camera.converterBits,
  black_level_error: ({ camera }: DarkShot) => camera.blackLevelError,
  contrast: ({ camera }: DarkShot) => camera.toneCurve.contrast,
  toe: ({ camera }: DarkShot) => camera.toneCurve.toe,
  luma_denoising: ({ camera }: DarkShot) => camera.processing.lumaDenoising,
  chroma_denoising: ({ camera }: DarkShot) => camera.processing.chromaDenoising,
  sharpening: ({ camera }: DarkShot) => camera.processing.sharpening,
  corner_angle_degrees: ({ camera }: DarkShot) => camera.cornerAngleDegrees,
  highlight_stops: ({ highlightStops }: DarkShot) => highlightStops,
  lamps_seed: ({ lampsSeed }: DarkShot) => lampsSeed,
  part_shape: ({ darkening }: DarkShot) => darkening?.shape ?? "none",
  part_stops: ({ darkening }: DarkShot) => darkening?.stops ?? 0,
  part_spares_bright: ({ darkening }: DarkShot) => (darkening?.sparesBrightPart ? 1 : 0),
  part_seed: ({ darkening }: DarkShot) => darkening?.seed ?? 0,
  jpeg_quality: ({ jpegQuality }: DarkShot) => jpegQuality,
  jpeg_chroma: ({ jpegChroma }: DarkShot) => jpegChroma,
  noise_seed: ({ noiseSeed }: DarkShot) => noiseSeed,
} as const;

/** Names of the columns that `recordShot` fills. */
export const shotColumns: readonly string[] = Object.keys(columns);

/** Converts the circumstances of a dark photo to a row of a table; numbers have four significant digits, whole ones all. */
export function recordShot(shot: DarkShot): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, read]) => {
      const value = read(shot);
      return [name, typeof value === "number" ? shorten(value) : value];
    }),
  );
}

function listMatrix(matrix: Matrix): string {
  return matrix.flat().map(shorten).join(" ");
}

function shorten(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
