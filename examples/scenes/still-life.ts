import { valueNoise } from "./noise-texture.ts";
import { glaze } from "./room-textures.ts";
import { bounded, box, cone, disc, distanceField, placed, type Shape, sphere } from "./shapes.ts";
import { type Material, plain } from "./surface.ts";
import { add, mix, scale, smoothstep, type Vector, vector } from "./vector.ts";

/** A book that lies flat: cloth cover, pale pages, a gilt line on the spine (the side towards -z). */
export function book(position: Vector, degrees: number, size: Vector, cover: Vector): Shape {
  const half = vector(size.x / 2, 0, size.z / 2);
  const board = 0.004;
  const cloth: Material = (p, normal) => {
    const onSpine = normal.z < -0.5;
    const line = Math.abs(Math.abs(p.x) - size.x * 0.36) < 0.004 || Math.abs(Math.abs(p.x) - size.x * 0.32) < 0.0015;
    const title =
      Math.abs(p.x) < size.x * 0.2 && Math.abs(p.y - size.y / 2) < size.y * 0.16 && Math.sin(p.x * 420) > -0.3;
    if (onSpine && (line || title)) return { albedo: vector(0.55, 0.4, 0.13), mirror: 0.3, roughness: 0.35 };
    return { albedo: scale(cover, 0.85 + 0.3 * valueNoise(p.x * 700, (p.z + p.y) * 700, 81)) };
  };
  const pages: Material = (p) => ({
    albedo: scale(vector(0.68, 0.62, 0.5), 0.8 + 0.25 * valueNoise(3, p.y * 2200, 82)),
  });
  return placed(
    position,
    degrees,
    bounded(vector(-half.x, 0, -half.z), vector(half.x, size.y, half.z), [
      box(vector(-half.x, 0, -half.z), vector(half.x, board, half.z), cloth),
      box(vector(-half.x, size.y - board, -half.z), vector(half.x, size.y, half.z), cloth),
      box(vector(-half.x, 0, -half.z), vector(half.x, size.y, -half.z + board), cloth),
      box(
        vector(-half.x + 0.006, board, -half.z + board),
        vector(half.x - 0.006, size.y - board, half.z - 0.007),
        pages,
      ),
    ]),
  );
}

/** A vase or jug turned on a wheel. */
export function vase(position: Vector, height: number, colour: Vector, band: Vector): Shape {
  const radiusAt = (level: number) =>
    0.055 +
    0.047 * Math.sin(Math.min(Math.max(level, 0), 1) * 4.2 + 0.3) +
    0.04 * smoothstep(0.82, 1, level) +
    0.01 * level;
  const metresTo = (p: Vector) => {
    const level = p.y / height;
    const wall = Math.abs(Math.hypot(p.x, p.z) - radiusAt(level) * (height / 0.3)) - 0.006;
    return Math.max(wall, -p.y, p.y - height) * 0.6;
  };
  const reach = 0.13 * (height / 0.3);
  const field = distanceField(
    vector(-reach, -0.001, -reach),
    vector(reach, height + 0.001, reach),
    metresTo,
    glaze(colour, band, height * 0.36, height * 0.5),
  );
  return placed(position, 20, field);
}

/** An apple, red where the sun was and green where it was not. */
export function apple(position: Vector, size: number): Shape {
  const metresTo = (p: Vector) => {
    const around = Math.hypot(p.x, p.z);
    const dimple = 0.35 * size * Math.exp(-((around / (size * 0.38)) ** 2)) * Math.sign(p.y);
    return (Math.hypot(around, (p.y + dimple * Math.min(Math.abs(p.y) / size, 1)) * 1.08) - size) * 0.7;
  };
  const skin: Material = (p) => {
    const streak = valueNoise(Math.atan2(p.z, p.x) * 9, p.y * 14, 83);
    const ripe = smoothstep(-0.4, 0.5, p.x / size + 0.9 * (streak - 0.3));
    return { albedo: mix(vector(0.4, 0.42, 0.06), vector(0.48, 0.025, 0.025), ripe), mirror: 0.045, roughness: 0.12 };
  };
  const body = distanceField(scale(vector(1, 1, 1), -1.1 * size), scale(vector(1, 1, 1), 1.1 * size), metresTo, skin);
  const stalk = cone(vector(0, size * 0.5, 0), size * 0.6, 0.003, 0.004, plain(vector(0.12, 0.07, 0.03)));
  return placed(
    add(position, vector(0, size * 0.93, 0)),
    35,
    (ray, limit, any) => stalk(ray, limit, any) ?? body(ray, limit, any),
  );
}

/** A mug of dark tea. */
export function mug(position: Vector, colour: Vector): Shape {
  const enamel = plain(colour, 0.05, 0.08);
  const metresToHandle = (p: Vector) => Math.hypot(Math.hypot(p.x - 0.045, p.y - 0.05) - 0.028, p.z) - 0.006;
  return placed(
    position,
    -40,
    bounded(vector(-0.05, 0, -0.05), vector(0.09, 0.1, 0.05), [
      cone(vector(0, 0, 0), 0.095, 0.04, 0.042, enamel),
      cone(vector(0, 0.06, 0), 0.035, 0.037, 0.0385, enamel),
      disc(vector(0, 0.08, 0), 0.0385, plain(vector(0.05, 0.018, 0.006), 0.04, 0.02)),
      distanceField(vector(0.03, 0.01, -0.01), vector(0.09, 0.09, 0.01), metresToHandle, enamel),
    ]),
  );
}

/** A ball of one material that rests on a table. */
export function ball(position: Vector, radius: number, material: Material): Shape {
  return sphere(add(position, vector(0, radius, 0)), radius, material);
}
