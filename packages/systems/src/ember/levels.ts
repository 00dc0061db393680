import { finish, type Picture, type Plane } from "@kindling/core";
import { meanLuminance, solveRising, subsample, type Transfer } from "@kindling/core/internal";
import type { EmberMaps } from "./gain-field.ts";
import { type EmberLight, emberRelight, greatestLift } from "./relight.ts";

/** The strengths with which a photo is restored and lit. */
export type EmberStrengths = Omit<EmberLight, "share" | "lift">;

/** Share and lift of a light level. */
export type EmberLevel = Pick<EmberLight, "share" | "lift">;

/** Finds the levels of one photo. */
export interface EmberLevels {
  /** The mean luminance at automatic light over that of the photo. */
  autoLight(strengths: EmberStrengths): number;
  /**
   * The share and lift at which the mean luminance is `light` times the photo's; undefined where already the restored
   * photo is as light as that, or lighter.
   */
  levelOf(light: number, strengths: EmberStrengths): EmberLevel | undefined;
}

/** Measures on a subsample of the maps, so that a level costs a few milliseconds whatever the size of the photo. */
export function measureLevels(picture: Picture, { restored, gain }: EmberMaps, transfer: Transfer): EmberLevels {
  const samples = subsample(picture, picture.samples, picture.channels);
  const width = samples.length / picture.channels;
  const photo = { ...picture, width, height: 1, samples };
  const reduce = (plane: Plane) => ({ width, height: 1, values: subsample(plane, plane.values, 1) });
  const maps: EmberMaps = {
    restored: [reduce(restored[0]), reduce(restored[1]), reduce(restored[2])],
    gain: reduce(gain),
  };
  const before = meanLuminance(photo, transfer);
  const meanAt = (level: EmberLevel, strengths: EmberStrengths) =>
    meanLuminance(finish(emberRelight(photo, maps, { ...strengths, ...level })), transfer);
  return {
    autoLight: (strengths) => (before > 0 ? meanAt({ share: 1, lift: 0 }, strengths) / before : 1),
    levelOf(light, strengths) {
      const target = light * before;
      if (meanAt({ share: 0, lift: 0 }, strengths) >= target * (1 - tolerance)) return undefined;
      // First the field of automatic light to its full share, then the same gain everywhere beyond it.
      const levelAt = (position: number) => ({ share: Math.min(position, 1), lift: Math.max(position - 1, 0) });
      const range = { least: 0, most: 1 + greatestLift };
      return levelAt(solveRising((position) => meanAt(levelAt(position), strengths), target, range));
    },
  };
}

/** Relative difference of brightness that counts as none. */
const tolerance = 0.002;
