import type { Lamp } from "./light.ts";
import { bounded, box, cone, type Shape, sphere } from "./shapes.ts";
import { glowing, plain } from "./surface.ts";
import { add, scale, type Vector, vector } from "./vector.ts";

/** An object that also lights the scene. */
export interface Luminaire {
  readonly shape: Shape;
  readonly lamp: Lamp;
}

const iron = plain(vector(0.045, 0.05, 0.05), 0.05, 0.3);

/** A street lamp at the kerb whose arm reaches over the road; `side` is -1 at the left kerb, 1 at the right. */
export function streetLamp(foot: Vector, side: -1 | 1, colour: Vector, glow: number): Luminaire {
  const height = 5.4;
  const bulb = add(foot, vector(-side * 0.95, height - 0.34, 0));
  const from = vector(Math.min(foot.x, bulb.x) - 0.32, foot.y, foot.z - 0.32);
  const to = vector(Math.max(foot.x, bulb.x) + 0.32, foot.y + height + 0.25, foot.z + 0.32);
  const shape = bounded(from, to, [
    cone(foot, 0.7, 0.13, 0.09, iron),
    cone(add(foot, vector(0, 0.7, 0)), height - 0.7, 0.065, 0.045, iron),
    sphere(add(foot, vector(0, height + 0.05, 0)), 0.075, iron),
    box(
      vector(Math.min(foot.x, bulb.x), foot.y + height - 0.06, foot.z - 0.025),
      vector(Math.max(foot.x, bulb.x), foot.y + height - 0.01, foot.z + 0.025),
      iron,
    ),
    cone(add(bulb, vector(0, 0.02, 0)), 0.26, 0.3, 0.06, plain(vector(0.1, 0.1, 0.1))),
    sphere(bulb, 0.12, glowing(scale(colour, 0.8))),
  ]);
  const lamp: Lamp = {
    // Just below its own glass, so that the glass keeps none of its light.
    position: add(bulb, vector(0, -0.26, 0)),
    radius: 0.12,
    colour,
    beam: { axis: vector(0, -1, 0), innerCosine: 0.72, outerCosine: -0.15 },
    glow,
    casts: true,
  };
  return { shape, lamp };
}

/** A string of bulbs hung across the street between two points; only every fourth lights its surroundings. */
export function lightString(from: Vector, to: Vector, bulbs: number, colour: Vector): readonly Luminaire[] {
  return Array.from({ length: bulbs }, (_, index) => {
    const share = (index + 0.5) / bulbs;
    const sag = 1.1 * 4 * share * (1 - share);
    const place = add(add(scale(from, 1 - share), scale(to, share)), vector(0, -sag, 0));
    const lit = index % 4 === 2;
    const lamp: Lamp = {
      position: add(place, vector(0, -0.14, 0)),
      radius: 0.08,
      colour: scale(colour, lit ? 1 : 0.0005),
      glow: 0.0012,
      casts: true,
    };
    return { shape: sphere(place, 0.05, glowing(scale(colour, 2))), lamp };
  });
}
