import { bounded, distanceField, placed, type Shape } from "./shapes.ts";
import type { Material } from "./surface.ts";
import { add, subtract, type Vector, vector } from "./vector.ts";

const wheelAlong = 1.32;
const wheelRadius = 0.32;

/** A parked saloon car, 4.3 metres long, nose towards +z before it is turned. */
export function car(position: Vector, degrees: number, paint: Vector): Shape {
  const body = distanceField(vector(-0.95, 0, -2.25), vector(0.95, 1.5, 2.25), metresToCar, carMaterial(paint));
  const reach = vector(2.45, 0, 2.45);
  const top = vector(2.45, 1.5, 2.45);
  return bounded(subtract(position, reach), add(position, top), [placed(position, degrees, body)]);
}

function metresToCar(p: Vector): number {
  const x = Math.abs(p.x);
  const arch = Math.hypot(Math.abs(p.z) - wheelAlong, p.y - wheelRadius);
  // The bonnet and the boot fall away a little, and the flanks curve in towards the sills and the roof.
  const crown = 0.9 - 0.03 * p.z * p.z - 0.05 * Math.max(p.z, 0);
  const halfWidth = 0.84 - 0.06 * (p.z / 2.15) ** 4 - 0.1 * Math.max(0, p.y - 0.6) ** 2;
  const lower = roundedBox(x, p.y - (crown + 0.22) / 2, p.z, halfWidth, (crown - 0.22) / 2, 2.14, 0.14);
  const rise = Math.min(Math.max((p.y - 0.78) / 0.62, 0), 1);
  const front = 0.98 - 0.75 * rise;
  const rear = -1.62 + 0.62 * rise;
  const cabin =
    roundedBox(x, p.y - 1.06, p.z - (front + rear) / 2, 0.76 - 0.2 * rise, 0.35, (front - rear) / 2, 0.1) * 0.75;
  const shell = Math.max(smoothUnion(lower, cabin, 0.07), Math.min(0.385 - arch, x - 0.5) > 0 ? 0.385 - arch : -1);
  const wheel = Math.max(arch - wheelRadius, Math.abs(x - 0.72) - 0.1);
  return Math.min(shell, wheel) * 0.85;
}

function carMaterial(paint: Vector): Material {
  return (p, normal) => {
    const x = Math.abs(p.x);
    const arch = Math.hypot(Math.abs(p.z) - wheelAlong, p.y - wheelRadius);
    if (arch < 0.335 && p.y < 0.7) {
      const spoke = Math.cos(5 * Math.atan2(p.y - wheelRadius, Math.abs(p.z) - wheelAlong)) > -0.2 || arch < 0.06;
      if (arch < 0.21 && spoke) return { albedo: vector(0.4, 0.4, 0.42), mirror: 0.4, roughness: 0.3 };
      return { albedo: vector(0.02, 0.02, 0.02) };
    }
    const end = Math.abs(p.z) > 1.92 && Math.abs(normal.z) > 0.35;
    if (end && p.y > 0.56 && p.y < 0.75 && x > 0.44) {
      if (p.z < 0)
        return { albedo: vector(0.25, 0.01, 0.01), emission: vector(0.9, 0.03, 0.02), mirror: 0.05, roughness: 0.1 };
      return { albedo: vector(0.6, 0.6, 0.6), emission: vector(0.25, 0.24, 0.2), mirror: 0.2, roughness: 0.1 };
    }
    if (end && p.y > 0.38 && p.y < 0.5 && x < 0.27) {
      const mark = Math.abs(p.y - 0.44) < 0.035 && Math.sin(p.x * 75) > 0.1;
      return { albedo: mark ? vector(0.03, 0.03, 0.03) : vector(0.7, 0.7, 0.62) };
    }
    if (p.y > 0.93 && p.y < 1.34 && !isPillar(p, x)) {
      return { albedo: vector(0.012, 0.014, 0.016), mirror: 0.08, roughness: 0.02 };
    }
    const seam = Math.min(Math.abs(p.z - 0.28), Math.abs(p.z + 0.72)) < 0.008 && p.y > 0.34 && x > 0.6;
    const sill = p.y < 0.32;
    if (seam || sill) return { albedo: vector(0.02, 0.02, 0.02) };
    return { albedo: paint, mirror: 0.06, roughness: 0.06 };
  };
}

function isPillar(p: Vector, x: number): boolean {
  const rise = (p.y - 0.78) / 0.62;
  const fromFront = 0.98 - 0.75 * rise - p.z;
  const fromRear = p.z + 1.62 - 0.62 * rise;
  const corner = x > 0.67 - 0.2 * rise && (fromFront < 0.14 || fromRear < 0.2);
  return corner || (x > 0.55 && Math.abs(p.z + 0.22) < 0.045);
}

function roundedBox(x: number, y: number, z: number, a: number, b: number, c: number, round: number): number {
  const dx = Math.abs(x) - a + round;
  const dy = Math.abs(y) - b + round;
  const dz = Math.abs(z) - c + round;
  const outside = Math.hypot(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0));
  return outside + Math.min(Math.max(dx, dy, dz), 0) - round;
}

function smoothUnion(a: number, b: number, width: number): number {
  const h = Math.max(width - Math.abs(a - b), 0) / width;
  return Math.min(a, b) - (h * h * width) / 4;
}
