import { fractalNoise, latticeRandom, valueNoise } from "./noise-texture.ts";
import type { Material } from "./surface.ts";
import { mix, normalise, scale, smoothstep, type Vector, vector } from "./vector.ts";

/** Half the width of the carriageway, kerb to kerb, in metres. */
export const roadHalfMetres = 3.6;

/**
 * Asphalt after rain: grains, patches, worn markings, and puddles that mirror the street.
 *
 * @param wetness 0 dry to 1 soaked.
 * @param crossingAt where a zebra crossing begins, metres ahead.
 */
export function wetAsphalt(wetness: number, crossingAt: number): Material {
  return (point, _normal, _direction, distance) => {
    const { x, z } = point;
    const grain = valueNoise(x * 90, z * 90, 31) * (1 / (1 + (distance / 8) ** 2));
    const patch = fractalNoise(x * 0.5, z * 0.3, 4, 32);
    const wet = smoothstep(0.62 - 0.35 * wetness, 0.72 - 0.2 * wetness, fractalNoise(x * 0.42 + 7, z * 0.23, 5, 33));
    const paint = marking(x, z, crossingAt) * smoothstep(0.2, 0.45, fractalNoise(x * 7, z * 7, 4, 34) + 0.12);
    const dry = scale(vector(0.1, 0.1, 0.105), 0.55 + 0.5 * patch + 0.45 * grain);
    const albedo = mix(scale(dry, 1 - 0.75 * wet), vector(0.58, 0.57, 0.53), paint * (0.85 - 0.25 * wet));
    return { albedo, ...film(point, wet, wetness, distance) };
  };
}

/** Paving slabs with joints, damp here and there. */
export function pavement(wetness: number): Material {
  return (point, normal, _direction, distance) => {
    const { x, z } = point;
    const kerb = Math.abs(x) < roadHalfMetres + 0.18;
    if (kerb || normal.y < 0.5) {
      const joint = Math.abs(z / 0.9 - Math.round(z / 0.9)) < 0.008 ? 0.5 : 1;
      return { albedo: scale(vector(0.3, 0.295, 0.28), joint * (0.8 + 0.4 * valueNoise(x * 30, z * 30, 37))) };
    }
    const u = x / 0.45;
    const v = z / 0.45 + (Math.floor(u) % 2 === 0 ? 0 : 0.5);
    const slab = latticeRandom(Math.floor(u), Math.floor(v), 35);
    const edge = Math.min(u - Math.floor(u), Math.ceil(u) - u, v - Math.floor(v), Math.ceil(v) - v);
    const joint = 1 - (1 - smoothstep(0.015, 0.045, edge)) * 0.6 * (1 / (1 + (distance / 18) ** 2));
    const grain = 0.85 + 0.3 * valueNoise(x * 70, z * 70, 36);
    const wet = smoothstep(0.5, 0.7, fractalNoise(x * 0.6, z * 0.4, 4, 38)) * wetness;
    const albedo = scale(vector(0.24, 0.225, 0.2), (0.75 + 0.45 * slab) * joint * grain * (1 - 0.4 * wet));
    return { albedo, ...film(point, wet * 0.8, wetness, distance) };
  };
}

/** Water on the ground: still in puddles, broken by grains where it is thin. */
function film(point: Vector, wet: number, wetness: number, distance: number) {
  const ripple = (0.004 + 0.05 * (1 - wet)) / (1 + distance / 25);
  const waveX = valueNoise(point.x * 14, point.z * 14, 39) - 0.5;
  const waveZ = valueNoise(point.x * 14, point.z * 14, 40) - 0.5;
  return {
    normal: normalise(vector(waveX * ripple, 1, waveZ * ripple)),
    mirror: 0.03 * wetness + 0.05 * wet,
    roughness: 0.42 - 0.34 * wet,
  };
}

/** 1 on a line painted on the road, 0 beside it. */
function marking(x: number, z: number, crossingAt: number): number {
  const stripe = (value: number, half: number) => 1 - smoothstep(half - 0.02, half + 0.02, Math.abs(value));
  const acrossCrossing = z - crossingAt;
  if (acrossCrossing > -0.6 && acrossCrossing < 3.4) {
    const bars = stripe(x / 0.96 - Math.round(x / 0.96), 0.26);
    return bars * stripe(acrossCrossing - 1.4, 1.35) * stripe(x, 3.1);
  }
  const dash = (z - 2) / 3.4;
  return stripe(x, 0.06) * stripe((dash - Math.round(dash)) * 3.4, 0.95);
}
