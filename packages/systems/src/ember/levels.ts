import { finish, type Picture } from "@kindling/core";
import {
  type CurvePoint,
  heldSamples,
  meanLuminance,
  readPosition,
  subsample,
  type Transfer,
} from "@kindling/core/internal";
import type { EmberMaps } from "./maps.ts";
import { type EmberLight, emberRelight, greatestLift } from "./relight.ts";

/** The strengths with which a photo is restored and lit. */
type EmberStrengths = Omit<EmberLight, "share" | "lift">;

/** Share and lift of a light level. */
type EmberLevel = Pick<EmberLight, "share" | "lift">;

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

/** Relative difference of brightness that counts as none. */
const tolerance = 0.002;

/** The end of the field: positions up to 1 are its share, what lies beyond is lift. */
const fullShare = 1;

/** Positions at which the mean luminance is measured: eight steps of the share, then lifts of a half. */
const positions = [
  ...Array.from({ length: 8 }, (_, i) => (i * fullShare) / 8),
  ...Array.from({ length: 2 * greatestLift + 1 }, (_, i) => fullShare + i / 2),
];

/**
 * Measures on a subsample of the maps, once for the same strengths and only as far as levels ask: then a level costs
 * nothing but relighting, whatever the size of the photo.
 */
export function measureLevels(picture: Picture, { restored, gain }: EmberMaps, transfer: Transfer): EmberLevels {
  const { values, step } = heldSamples(picture);
  // `from` with a function takes ten times as long as a loop.
  const samples = new Float32Array(subsample(picture, values, picture.channels));
  for (let i = 0; i < samples.length; i++) samples[i] *= step;
  const width = samples.length / picture.channels;
  const photo: Picture = { width, height: 1, channels: picture.channels, samples };
  const reduce = (plane: Uint16Array) => subsample(picture, plane, 1);
  const maps: EmberMaps = {
    width,
    height: 1,
    restored: [reduce(restored[0]), reduce(restored[1]), reduce(restored[2])],
    gain: reduce(gain),
  };
  const before = meanLuminance(photo, transfer);
  const meanAt = (level: EmberLevel, strengths: EmberStrengths) =>
    meanLuminance(finish(emberRelight(photo, maps, { ...strengths, ...level })), transfer);
  const curves = new Map<string, CurvePoint[]>();
  const curveUpTo = (target: number, strengths: EmberStrengths) => {
    const key = [strengths.denoise, strengths.denoiseColour, strengths.keepHighlights].join();
    const curve = curves.get(key) ?? [];
    curves.set(key, curve);
    for (const position of positions.slice(curve.length)) {
      if (curve.length > 1 && curve[curve.length - 1].mean >= target) break;
      curve.push({ position, mean: meanAt(levelAt(position), strengths) });
    }
    return curve;
  };
  return {
    autoLight: (strengths) => (before > 0 ? meanAt(levelAt(fullShare), strengths) / before : 1),
    levelOf(light, strengths) {
      const target = light * before;
      const curve = curveUpTo(target, strengths);
      if (curve[0].mean >= target * (1 - tolerance)) return undefined;
      return levelAt(readPosition(curve, target));
    },
  };
}

function levelAt(position: number): EmberLevel {
  return { share: Math.min(position, fullShare), lift: Math.max(position - fullShare, 0) };
}
