import type { Vector } from "./vector.ts";

/** What a ray sees where it meets an object. */
export interface Surface {
  /** Share of light thrown back in all directions, per channel, 0 to 1. */
  readonly albedo: Vector;
  /** Light of its own, in scene units. */
  readonly emission?: Vector;
  /** Normal after bumps; the geometric one where left out. */
  readonly normal?: Vector;
  /** Share of light mirrored at a straight look, 0 to 1: about 0.04 for paint and water, more for metal. */
  readonly mirror?: number;
  /** Colour of the mirrored light: white for all but metals. */
  readonly mirrorTint?: Vector;
  /** Spread of the mirrored light: 0 a perfect mirror, 1 none worth following. */
  readonly roughness?: number;
}

/** The surface at a point, which may depend on where it is looked at from and how far away (for fading detail). */
export type Material = (point: Vector, normal: Vector, direction: Vector, distance: number) => Surface;

/** One colour all over. */
export function plain(albedo: Vector, mirror = 0, roughness = 1): Material {
  const surface: Surface = { albedo, mirror, roughness };
  return () => surface;
}

/** A thing that shines. */
export function glowing(emission: Vector): Material {
  const surface: Surface = { albedo: { x: 0, y: 0, z: 0 }, emission };
  return () => surface;
}
