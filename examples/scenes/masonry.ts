import { fractalNoise, latticeRandom, valueNoise } from "./noise-texture.ts";
import { mix, scale, smoothstep, type Vector } from "./vector.ts";

/** Bricks in running bond, each a little different, in pale mortar; detail fades where it is too far to be seen. */
export function bricks(u: number, v: number, colour: Vector, mortar: Vector, distance: number): Vector {
  const course = Math.floor(v / 0.075);
  const along = u / 0.24 + (course % 2 === 0 ? 0 : 0.5);
  const brick = Math.floor(along);
  const a = Math.min(along - brick, 1 - (along - brick)) * 0.24;
  const b = Math.min(v / 0.075 - course, 1 - (v / 0.075 - course)) * 0.075;
  const joint = 1 - smoothstep(0.004, 0.009, Math.min(a, b));
  const tone = 0.72 + 0.5 * latticeRandom(brick, course, 5) + 0.2 * (valueNoise(u * 40, v * 40, 9) - 0.5);
  const detail = 1 / (1 + (distance / 30) ** 2);
  const brickColour = scale(colour, 1 + (tone - 1) * detail);
  return scale(mix(brickColour, mortar, joint * detail), stains(u, v));
}

/** Rendered wall: even but for weather. */
export function plaster(u: number, v: number, colour: Vector): Vector {
  return scale(colour, stains(u, v) * (0.92 + 0.16 * valueNoise(u * 60, v * 60, 11)));
}

/** Large stone blocks with narrow joints. */
export function stoneBlocks(u: number, v: number, colour: Vector, distance: number): Vector {
  const course = Math.floor(v / 0.42);
  const along = u / 0.9 + (course % 2) * 0.5;
  const block = Math.floor(along);
  const a = Math.min(along - block, 1 - (along - block)) * 0.9;
  const b = Math.min(v / 0.42 - course, 1 - (v / 0.42 - course)) * 0.42;
  const joint = (1 - smoothstep(0.01, 0.03, Math.min(a, b))) / (1 + (distance / 40) ** 2);
  const tone = 0.85 + 0.3 * latticeRandom(block, course, 21);
  return scale(colour, tone * (1 - 0.55 * joint) * stains(u, v));
}

/** Rain and soot on a wall: darker streaks that run down. */
function stains(u: number, v: number): number {
  return 0.78 + 0.44 * fractalNoise(u * 1.3, v * 0.35, 4, 17);
}
