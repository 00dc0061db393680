import type { Material } from "./surface.ts";
import { addScaled, dot, normalise, scale, subtract, turn, type Vector, vector } from "./vector.ts";

/** A line of sight or of light. */
export interface Ray {
  readonly origin: Vector;
  /** Unit length. */
  readonly direction: Vector;
}

/** Where a ray meets an object. */
export interface Hit {
  /** Metres along the ray. */
  readonly distance: number;
  /** Unit length, towards the side the ray came from. */
  readonly normal: Vector;
  readonly material: Material;
}

/**
 * An object: where a ray first meets it, if nearer than `limit` metres.
 *
 * With `any`, some hit will do, not the first: all that a shadow needs to know.
 */
export type Shape = (ray: Ray, limit: number, any?: boolean) => Hit | undefined;

/** Distances below this belong to the surface a ray starts on. */
const nearestMetres = 1e-4;

/** The nearest hit among several objects. */
export function group(shapes: readonly Shape[]): Shape {
  return (ray, limit, any) => {
    let nearest: Hit | undefined;
    let reach = limit;
    for (const shape of shapes) {
      const hit = shape(ray, reach, any);
      if (hit) {
        if (any) return hit;
        nearest = hit;
        reach = hit.distance;
      }
    }
    return nearest;
  };
}

/** A group that is only looked at by rays that cross its bounding box. */
export function bounded(min: Vector, max: Vector, shapes: readonly Shape[]): Shape {
  const inside = group(shapes);
  return (ray, limit, any) => {
    const span = boxSpan(ray, min, max);
    return span && span.enter < limit ? inside(ray, limit, any) : undefined;
  };
}

/** A box along the axes. */
export function box(min: Vector, max: Vector, material: Material): Shape {
  return (ray, limit) => {
    const span = boxSpan(ray, min, max);
    if (!span) return undefined;
    const distance = span.enter > nearestMetres ? span.enter : span.leave;
    if (distance <= nearestMetres || distance >= limit) return undefined;
    return { distance, normal: faceNormal(addScaled(ray.origin, ray.direction, distance), min, max, ray), material };
  };
}

/** An object turned about the vertical axis by `degrees` and moved to `position`; its material sees its own frame. */
export function placed(position: Vector, degrees: number, shape: Shape): Shape {
  const sine = Math.sin((degrees * Math.PI) / 180);
  const cosine = Math.cos((degrees * Math.PI) / 180);
  const outward = (v: Vector) => turn(v, sine, cosine);
  const inward = (v: Vector) => turn(v, -sine, cosine);
  return (ray, limit, any) => {
    const local = { origin: inward(subtract(ray.origin, position)), direction: inward(ray.direction) };
    const hit = shape(local, limit, any);
    if (!hit) return undefined;
    const material: Material = (point, normal, direction, distance) => {
      const surface = hit.material(inward(subtract(point, position)), inward(normal), inward(direction), distance);
      return surface.normal ? { ...surface, normal: outward(surface.normal) } : surface;
    };
    return { distance: hit.distance, normal: outward(hit.normal), material };
  };
}

/** A ball, or the inside of one. */
export function sphere(centre: Vector, radius: number, material: Material): Shape {
  return (ray, limit) => {
    const offset = subtract(ray.origin, centre);
    const b = dot(offset, ray.direction);
    const discriminant = b * b - dot(offset, offset) + radius * radius;
    if (discriminant < 0) return undefined;
    const root = Math.sqrt(discriminant);
    const distance = -b - root > nearestMetres ? -b - root : -b + root;
    if (distance <= nearestMetres || distance >= limit) return undefined;
    const outside = scale(subtract(addScaled(ray.origin, ray.direction, distance), centre), 1 / radius);
    return { distance, normal: facing(outside, ray), material };
  };
}

/** An open cone frustum about the vertical: a pole where both radii are equal, a lamp shade where not. */
export function cone(foot: Vector, height: number, lowRadius: number, highRadius: number, material: Material): Shape {
  const slope = (highRadius - lowRadius) / height;
  return (ray, limit) => {
    const { origin: o, direction: d } = ray;
    const x = o.x - foot.x;
    const y = o.y - foot.y;
    const z = o.z - foot.z;
    const radius = lowRadius + slope * y;
    const a = d.x * d.x + d.z * d.z - (slope * d.y) ** 2;
    const b = x * d.x + z * d.z - radius * slope * d.y;
    const discriminant = b * b - a * (x * x + z * z - radius * radius);
    if (discriminant < 0 || a === 0) return undefined;
    const root = Math.sqrt(discriminant);
    const [first, second] = a > 0 ? [(-b - root) / a, (-b + root) / a] : [(-b + root) / a, (-b - root) / a];
    for (const distance of [first, second]) {
      const level = y + d.y * distance;
      if (distance <= nearestMetres || distance >= limit || level < 0 || level > height) continue;
      const around = lowRadius + slope * level;
      const outside = normalise(vector(x + d.x * distance, -slope * around, z + d.z * distance));
      return { distance, normal: facing(outside, ray), material };
    }
    return undefined;
  };
}

/** A level round plate. */
export function disc(centre: Vector, radius: number, material: Material): Shape {
  return (ray, limit) => {
    const distance = (centre.y - ray.origin.y) / ray.direction.y;
    if (!(distance > nearestMetres && distance < limit)) return undefined;
    const x = ray.origin.x + ray.direction.x * distance - centre.x;
    const z = ray.origin.z + ray.direction.z * distance - centre.z;
    if (x * x + z * z > radius * radius) return undefined;
    return { distance, normal: vector(0, ray.direction.y < 0 ? 1 : -1, 0), material };
  };
}

/** An object given by its distance from every point (signed, negative inside), within a box, by sphere tracing. */
export function distanceField(min: Vector, max: Vector, metresTo: (p: Vector) => number, material: Material): Shape {
  const step = 5e-4;
  return (ray, limit) => {
    const span = boxSpan(ray, min, max);
    if (!span || span.enter > limit) return undefined;
    let distance = Math.max(span.enter, 0.002);
    for (let i = 0; i < 90 && distance < span.leave && distance < limit; i++) {
      const point = addScaled(ray.origin, ray.direction, distance);
      const gap = metresTo(point);
      if (gap < step) {
        const outside = normalise(
          vector(
            metresTo({ ...point, x: point.x + step }) - metresTo({ ...point, x: point.x - step }),
            metresTo({ ...point, y: point.y + step }) - metresTo({ ...point, y: point.y - step }),
            metresTo({ ...point, z: point.z + step }) - metresTo({ ...point, z: point.z - step }),
          ),
        );
        // A ray that leaves this very surface starts within reach of it; only one that heads inwards meets it.
        if (dot(outside, ray.direction) < 0) return { distance, normal: outside, material };
        distance += 4 * step;
      } else distance += gap;
    }
    return undefined;
  };
}

interface Span {
  readonly enter: number;
  readonly leave: number;
}

function boxSpan(ray: Ray, min: Vector, max: Vector): Span | undefined {
  const { origin: o, direction: d } = ray;
  const x1 = (min.x - o.x) / d.x;
  const x2 = (max.x - o.x) / d.x;
  const y1 = (min.y - o.y) / d.y;
  const y2 = (max.y - o.y) / d.y;
  const z1 = (min.z - o.z) / d.z;
  const z2 = (max.z - o.z) / d.z;
  const enter = Math.max(Math.min(x1, x2), Math.min(y1, y2), Math.min(z1, z2));
  const leave = Math.min(Math.max(x1, x2), Math.max(y1, y2), Math.max(z1, z2));
  return leave > nearestMetres && enter <= leave ? { enter, leave } : undefined;
}

function faceNormal(point: Vector, min: Vector, max: Vector, ray: Ray): Vector {
  const gap = (value: number, low: number, high: number) => Math.min(Math.abs(value - low), Math.abs(value - high));
  const x = gap(point.x, min.x, max.x);
  const y = gap(point.y, min.y, max.y);
  const z = gap(point.z, min.z, max.z);
  if (x <= y && x <= z) return vector(ray.direction.x < 0 ? 1 : -1, 0, 0);
  if (y <= z) return vector(0, ray.direction.y < 0 ? 1 : -1, 0);
  return vector(0, 0, ray.direction.z < 0 ? 1 : -1);
}

function facing(normal: Vector, ray: Ray): Vector {
  return dot(normal, ray.direction) < 0 ? normal : scale(normal, -1);
}
