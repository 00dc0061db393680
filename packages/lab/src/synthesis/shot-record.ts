import type { DarkShot } from "./dark-shot.ts";

const columns = {
  exposure_ev: ({ camera }: DarkShot) => camera.exposureEv,
  iso: ({ camera }: DarkShot) => camera.iso,
  kelvin: ({ kelvin }: DarkShot) => kelvin,
  adaptation: ({ adaptation }: DarkShot) => adaptation,
  red_balance: ({ camera }: DarkShot) => camera.whiteBalanceGains[0],
  blue_balance: ({ camera }: DarkShot) => camera.whiteBalanceGains[2],
  corner_angle_degrees: ({ camera }: DarkShot) => camera.cornerAngleDegrees,
  highlight_stops: ({ highlightStops }: DarkShot) => highlightStops,
  jpeg_quality: ({ jpegQuality }: DarkShot) => jpegQuality,
  noise_seed: ({ noiseSeed }: DarkShot) => noiseSeed,
} as const;

/** Names of the columns that `recordShot` fills. */
export const shotColumns: readonly string[] = Object.keys(columns);

/** Converts the circumstances of a dark photo to a row of a table, rounded to four decimals. */
export function recordShot(shot: DarkShot): Record<string, number> {
  return Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, Number(read(shot).toFixed(4))]));
}
