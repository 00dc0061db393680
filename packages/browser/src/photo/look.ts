import { KindlingError, type Picture } from "@kindling/core";
import { colourChannels } from "@kindling/core/internal";

/** Changes of the lit photo by taste. */
export interface Look {
  /** -1 (cool) to 1 (warm); default 0. Luminance stays. */
  readonly warmth?: number | undefined;
  /** -1 (soft) to 1 (hard) around middle grey; default 0. Black and white stay. */
  readonly contrast?: number | undefined;
}

/** Gain of red at full warmth, and of 1 / blue. */
const warmest = 1.16;

/** Steepness of the curve at full contrast: 1.4 in the middle. */
const steepest = 0.8;

/** Whether a look changes nothing. */
export function isPlain({ warmth = 0, contrast = 0 }: Look): boolean {
  return warmth === 0 && contrast === 0;
}

/**
 * Applies a look to a picture with values as the file encodes them; the same picture where nothing is changed.
 *
 * @throws {KindlingError} `invalid-option` for values outside -1 to 1.
 */
export function applyLook(picture: Picture, { warmth = 0, contrast = 0 }: Look): Picture {
  for (const [name, value] of Object.entries({ warmth, contrast })) {
    if (value >= -1 && value <= 1) continue;
    throw new KindlingError("invalid-option", `${name}: expected a number from -1 to 1; got ${value}.`);
  }
  const colours = colourChannels(picture);
  const isWarmed = warmth !== 0 && colours === 3;
  if (!isWarmed && contrast === 0) return picture;
  const samples = picture.samples.slice();
  const [red, blue] = [warmest ** warmth, warmest ** -warmth];
  const bend = steepest * contrast;
  for (let at = 0; at < samples.length; at += picture.channels) {
    if (isWarmed) {
      const [r, g, b] = [red * samples[at], samples[at + 1], blue * samples[at + 2]];
      const before = 0.2126 * samples[at] + 0.7152 * g + 0.0722 * samples[at + 2];
      const after = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      const gain = after > 0 ? before / after : 1;
      samples[at] = gain * r;
      samples[at + 1] = gain * g;
      samples[at + 2] = gain * b;
    }
    if (bend === 0) continue;
    for (let c = 0; c < colours; c++) {
      const value = Math.min(Math.max(samples[at + c], 0), 1);
      samples[at + c] = value + bend * value * (1 - value) * (2 * value - 1);
    }
  }
  return { ...picture, samples };
}
