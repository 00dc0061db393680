import { addScaled, norm, normalise, scale, smoothstep, subtract, tangents, type Vector } from "./vector.ts";

/** A lamp: a small glowing ball whose light falls off with the square of the distance. */
export interface Lamp {
  readonly position: Vector;
  /** Metres; the larger, the softer its shadows. */
  readonly radius: number;
  /** Irradiance at one metre, per channel. */
  readonly colour: Vector;
  /** Where a shaded lamp points; full light within `innerCosine` of it, a faint share beyond `outerCosine`. */
  readonly beam?: { readonly axis: Vector; readonly innerCosine: number; readonly outerCosine: number };
  /** How strongly haze around it glows; 0 = clear air. */
  readonly glow: number;
  /** Whether objects block it; bounced light from a wide surface is given as a lamp that none blocks. */
  readonly casts: boolean;
}

/** The moon: light from one direction, all over the scene. */
export interface Moon {
  /** Towards it, unit length. */
  readonly direction: Vector;
  readonly colour: Vector;
  /** Half its apparent size, as a tangent; larger than the real moon's where haze softens shadows. */
  readonly spread: number;
}

/** Light that reaches a point if nothing is in its way. */
export interface Arrival {
  readonly direction: Vector;
  readonly distance: number;
  readonly irradiance: Vector;
}

/** Share of light that a shaded lamp still sends outside its beam. */
const spill = 0.06;

/** Light from one random place on the lamp, chosen by two numbers from 0 to 1. */
export function lampLight(lamp: Lamp, point: Vector, u: number, v: number): Arrival {
  const towards = subtract(lamp.position, point);
  const axis = normalise(towards);
  const place = addScaled(towards, discOffset(axis, lamp.radius, u, v), 1);
  const distance = norm(place);
  const direction = scale(place, 1 / distance);
  let strength = 1 / Math.max(distance * distance, lamp.radius * lamp.radius);
  if (lamp.beam) {
    const { axis: aim, innerCosine, outerCosine } = lamp.beam;
    const cosine = -(aim.x * axis.x + aim.y * axis.y + aim.z * axis.z);
    strength *= spill + (1 - spill) * smoothstep(outerCosine, innerCosine, cosine);
  }
  return { direction, distance: distance - lamp.radius, irradiance: scale(lamp.colour, strength) };
}

/** Moonlight from one random place on its disc. */
export function moonLight(moon: Moon, u: number, v: number): Arrival {
  const direction = normalise(addScaled(moon.direction, discOffset(moon.direction, moon.spread, u, v), 1));
  return { direction, distance: Number.POSITIVE_INFINITY, irradiance: moon.colour };
}

/**
 * Light that haze scatters into a ray of this length from a lamp near it.
 *
 * The integral of 1 / d^2 along the ray, which has a closed form: with h the lamp's distance from the ray's line and
 * b the point nearest to it, (atan((length - b) / h) + atan(b / h)) / h.
 */
export function hazeGlow(lamp: Lamp, origin: Vector, direction: Vector, length: number): number {
  const x = lamp.position.x - origin.x;
  const y = lamp.position.y - origin.y;
  const z = lamp.position.z - origin.z;
  const b = x * direction.x + y * direction.y + z * direction.z;
  const h = Math.max(Math.sqrt(Math.max(x * x + y * y + z * z - b * b, 0)), lamp.radius);
  return (lamp.glow * (Math.atan((length - b) / h) + Math.atan(b / h))) / h;
}

function discOffset(axis: Vector, radius: number, u: number, v: number): Vector {
  const [side, over] = tangents(axis);
  const r = radius * Math.sqrt(u);
  const angle = 2 * Math.PI * v;
  return addScaled(scale(side, r * Math.cos(angle)), over, r * Math.sin(angle));
}
