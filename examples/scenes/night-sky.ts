import { fractalNoise, latticeRandom } from "./noise-texture.ts";
import { add, addScaled, dot, mix, scale, smoothstep, type Vector, vector } from "./vector.ts";

/** What tells one night sky from another. */
export interface NightSky {
  /** Light straight overhead. */
  readonly zenith: Vector;
  /** Light just above the roofs. */
  readonly horizon: Vector;
  /** Direction towards the moon, unit length. */
  readonly moon: Vector;
  /** How much of the sky clouds cover, 0 to 1. */
  readonly clouds: number;
}

/** A city's night sky: dark above, glowing along the roofs, with stars, a moon and thin clouds lit by it. */
export function nightSky(sky: NightSky): (direction: Vector) => Vector {
  return (direction) => {
    const height = Math.max(direction.y, 0);
    let light = mix(sky.horizon, sky.zenith, smoothstep(-0.05, 0.75, height ** 0.7));
    const towardsMoon = dot(direction, sky.moon);
    const u = direction.x / (height + 0.22);
    const v = direction.z / (height + 0.22);
    const cover =
      smoothstep(0.75 - 0.5 * sky.clouds, 0.95, fractalNoise(u * 1.7 + 3, v * 1.1, 6, 71)) *
      smoothstep(0, 0.12, height);
    light = add(light, scale(stars(direction), (1 - cover) * smoothstep(0.08, 0.35, height)));
    const halo = 0.25 * Math.max(towardsMoon, 0) ** 60 + 0.5 * Math.max(towardsMoon, 0) ** 900;
    light = addScaled(light, vector(0.5, 0.58, 0.75), halo);
    const silver = mix(scale(sky.horizon, 0.9), vector(0.6, 0.66, 0.8), 0.8 * Math.max(towardsMoon, 0) ** 16);
    light = mix(light, silver, cover * 0.75);
    const edge = smoothstep(0.99976, 0.99986, towardsMoon);
    return edge > 0 ? addScaled(light, moonFace(direction), edge * (1 - 0.6 * cover)) : light;
  };
}

function stars(direction: Vector): Vector {
  const density = 230;
  const longitude = Math.atan2(direction.x, direction.z) * density;
  const latitude = direction.y * density;
  const column = Math.floor(longitude);
  const row = Math.floor(latitude);
  const chance = latticeRandom(column, row, 97);
  if (chance < 0.965) return vector(0, 0, 0);
  const x = longitude - column - 0.3 - 0.4 * latticeRandom(column, row, 98);
  const y = latitude - row - 0.3 - 0.4 * latticeRandom(column, row, 99);
  const brightness = 0.1 + 1.6 * ((chance - 0.965) / 0.035) ** 7;
  return scale(vector(0.85, 0.92, 1), brightness * Math.exp(-(x * x + y * y) * 40));
}

function moonFace(direction: Vector): Vector {
  const seas = smoothstep(0.42, 0.62, fractalNoise(direction.x * 130, direction.y * 130, 3, 41));
  return scale(vector(1, 0.97, 0.9), 3.2 - 1.3 * seas);
}
