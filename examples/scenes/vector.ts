/** A point, a direction or a linear-light colour: metres east (x), up (y), ahead (z), or red, green, blue. */
export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** No light; also the origin. */
export const black: Vector = { x: 0, y: 0, z: 0 };
/** Straight up. */
export const up: Vector = { x: 0, y: 1, z: 0 };

/** A vector from its three parts. */
export function vector(x: number, y: number, z: number): Vector {
  return { x, y, z };
}

/** `a + b`. */
export function add(a: Vector, b: Vector): Vector {
  return { x: a.x + b.x, y: a.y + b.y, z: a.z + b.z };
}

/** `a - b`: the way from b to a. */
export function subtract(a: Vector, b: Vector): Vector {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

/** All parts times one number. */
export function scale(a: Vector, factor: number): Vector {
  return { x: a.x * factor, y: a.y * factor, z: a.z * factor };
}

/** `a + b * factor`: a point along a ray, or a colour with another's light on top. */
export function addScaled(a: Vector, b: Vector, factor: number): Vector {
  return { x: a.x + b.x * factor, y: a.y + b.y * factor, z: a.z + b.z * factor };
}

/** Component by component: a surface's colour under a light's. */
export function multiply(a: Vector, b: Vector): Vector {
  return { x: a.x * b.x, y: a.y * b.y, z: a.z * b.z };
}

/** Dot product: for unit vectors, the cosine between them. */
export function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

/** Cross product: square on both, by the left-hand rule of x right, y up, z ahead. */
export function cross(a: Vector, b: Vector): Vector {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

/** Length. */
export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** The same direction with length 1. */
export function normalise(a: Vector): Vector {
  return scale(a, 1 / norm(a));
}

/** From `a` at share 0 to `b` at share 1. */
export function mix(a: Vector, b: Vector, share: number): Vector {
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share, z: a.z + (b.z - a.z) * share };
}

/** The direction of a mirror image of `direction` (towards the surface) at a surface with this normal. */
export function reflect(direction: Vector, normal: Vector): Vector {
  return addScaled(direction, normal, -2 * dot(direction, normal));
}

/** Turned about the vertical axis by an angle whose sine and cosine are given. */
export function turn(a: Vector, sine: number, cosine: number): Vector {
  return { x: a.x * cosine + a.z * sine, y: a.y, z: a.z * cosine - a.x * sine };
}

/** Two unit directions that stand square on `normal` and on each other. */
export function tangents(normal: Vector): readonly [Vector, Vector] {
  const side = Math.abs(normal.y) < 0.9 ? up : { x: 1, y: 0, z: 0 };
  const first = normalise(cross(side, normal));
  return [first, cross(normal, first)];
}

/** Smooth step from 0 at `from` to 1 at `to`, which may lie the other way round. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return t * t * (3 - 2 * t);
}

/** The nearest value from `min` to `max`. */
export function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
