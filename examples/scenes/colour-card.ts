import { decodeSrgb } from "@kindling/core";
import { box, placed, type Shape } from "./shapes.ts";
import type { Material } from "./surface.ts";
import { type Vector, vector } from "./vector.ts";

/** The 24 patches of the classic colour rendition chart as 8-bit sRGB (McCamy et al. 1976; published sRGB averages). */
const patches = [
  "735244 c29682 627a9d 576c43 8580b1 67bdaa",
  "d67e2c 505ba6 c15a63 5e3c6c 9dbc40 e0a32e",
  "383d96 469449 af363c e7c71f bb5695 0885a1",
  "f3f3f2 c8c8c8 a0a0a0 7a7a79 555555 343434",
].map((row) => row.split(" ").map(colourOf));

const patchMetres = 0.042;
const frame = vector(0.02, 0.02, 0.02);

/** A card of 6 x 4 known colours that leans back on its foot, its lower edge at `position`. */
export function colourCard(position: Vector, degrees: number): Shape {
  const width = 6 * patchMetres + 0.02;
  const height = 4 * patchMetres + 0.02;
  const material: Material = (point, normal) => {
    const u = (point.x + width / 2 - 0.01) / patchMetres;
    const v = (height - 0.01 - point.y) / patchMetres;
    const column = Math.floor(u);
    const row = Math.floor(v);
    const edge = Math.min(u - column, column + 1 - u, v - row, row + 1 - v);
    const patch = normal.z < -0.5 && edge > 0.07 ? patches[row]?.[column] : undefined;
    return { albedo: patch ?? frame };
  };
  return placed(position, degrees, box(vector(-width / 2, 0, 0), vector(width / 2, height, 0.006), material));
}

function colourOf(hex: string): Vector {
  const level = (from: number) => decodeSrgb(Number.parseInt(hex.slice(from, from + 2), 16) / 255);
  return vector(level(0), level(2), level(4));
}
