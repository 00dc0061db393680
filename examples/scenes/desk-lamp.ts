import { bounded, cone, disc, sphere } from "./shapes.ts";
import type { Luminaire } from "./street-lamp.ts";
import { type Material, plain } from "./surface.ts";
import { add, scale, type Vector, vector } from "./vector.ts";

/** A table lamp with a brass foot and a cloth shade that glows; its light leaves the shade above and below. */
export function deskLamp(foot: Vector, colour: Vector): Luminaire {
  const brass: Material = plain(vector(0.35, 0.22, 0.07), 0.5, 0.1);
  const shadeFoot = add(foot, vector(0, 0.33, 0));
  const bulb = add(foot, vector(0, 0.42, 0));
  const cloth: Material = (point) => {
    const level = (point.y - shadeFoot.y) / 0.22;
    const angle = Math.atan2(point.z - foot.z, point.x - foot.x);
    const pleat = 0.86 + 0.14 * Math.sin(angle * 44);
    const near = 1 / (0.55 + ((level - 0.42) * 1.5) ** 2);
    return { albedo: vector(0.5, 0.44, 0.33), emission: scale(colour, 0.42 * near * pleat) };
  };
  const shade = cone(shadeFoot, 0.22, 0.175, 0.105, cloth);
  const shape = bounded(add(foot, vector(-0.2, 0, -0.2)), add(foot, vector(0.2, 0.58, 0.2)), [
    cone(foot, 0.02, 0.085, 0.08, brass),
    disc(add(foot, vector(0, 0.02, 0)), 0.08, brass),
    sphere(add(foot, vector(0, 0.085, 0)), 0.062, brass),
    sphere(add(foot, vector(0, 0.185, 0)), 0.04, brass),
    cone(add(foot, vector(0, 0.02, 0)), 0.36, 0.012, 0.012, brass),
    // Cloth lets the light through: no shadow ray is stopped by it.
    (ray, limit, any) => (any ? undefined : shade(ray, limit)),
  ]);
  const lamp = { position: bulb, radius: 0.075, colour, glow: 0.0006, casts: true };
  return { shape, lamp };
}
