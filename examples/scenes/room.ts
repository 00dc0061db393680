import { colourCard } from "./colour-card.ts";
import { deskLamp } from "./desk-lamp.ts";
import type { Lamp } from "./light.ts";
import { type NightSky, nightSky } from "./night-sky.ts";
import { fractalNoise, latticeRandom } from "./noise-texture.ts";
import type { Scene } from "./render.ts";
import { rug, wallpaper, wood } from "./room-textures.ts";
import { bounded, box, cone, distanceField, group, type Shape } from "./shapes.ts";
import { apple, ball, book, mug, vase } from "./still-life.ts";
import { type Material, plain } from "./surface.ts";
import { add, scale, type Vector, vector } from "./vector.ts";

/** What tells one evening in the room from another. */
export interface Room {
  /** Irradiance of the lamp at one metre; black when it is off. */
  readonly lampColour: Vector;
  readonly moonColour: Vector;
  /** Where light from the hall enters through a door ajar, outside the picture. */
  readonly hallAt: Vector;
  /** Irradiance of that light at one metre. */
  readonly hallColour: Vector;
  readonly sky: NightSky;
  readonly wall: { readonly ground: Vector; readonly print: Vector };
}

/** Height of the table top: everything on it stands here. */
export const tableMetres = 0.75;

const backWall = 2.2;
const window = { left: -1.25, right: -0.15, bottom: 0.95, top: 2.25 };

/** A room at night: a table with a still life before a window, a lamp, moonlight, a rug on a wooden floor. */
export function room(settings: Room): Scene {
  const { lampColour, moonColour, sky } = settings;
  const light = deskLamp(vector(0.6, tableMetres, 1.3), lampColour);
  const wall = wallpaper(settings.wall.ground, settings.wall.print);
  const bounce: Lamp = {
    position: vector(0.4, 1.9, 0.9),
    radius: 0.9,
    colour: scale(lampColour, 0.05),
    glow: 0,
    casts: false,
  };
  const hall: Lamp = {
    position: settings.hallAt,
    radius: 0.3,
    colour: settings.hallColour,
    glow: 0,
    casts: true,
  };
  return {
    shape: group([...shell(wall), ...table(), stillLife(), light.shape, ...curtains()]),
    lamps: lampColour.x > 0 ? [light.lamp, bounce, hall] : [hall],
    moon: { direction: sky.moon, colour: moonColour, spread: 0.025 },
    sky: nightSky(sky),
    ambient: (normal) =>
      add(scale(moonColour, 0.045 * (1 - 0.6 * normal.z)), scale(lampColour, 0.014 * (1.1 + 0.5 * normal.x))),
    occlusionMetres: 0.6,
    haze: { perMetre: 0, colour: vector(0, 0, 0) },
  };
}

/** Walls, floor and ceiling, with a window in the back wall. */
function shell(paper: Material): Shape[] {
  const { left, right, bottom, top } = window;
  const paint = plain(vector(0.6, 0.58, 0.53));
  const far = backWall + 0.25;
  const bar = 0.022;
  const middle = (left + right) / 2;
  const inner = backWall + 0.1;
  return [
    box(vector(-3, -0.1, -4), vector(3, 0, far), wood(vector(0.3, 0.17, 0.08), vector(0.11, 0.055, 0.025), 0.14, 0.04)),
    box(vector(-3, 2.7, -4), vector(3, 2.8, far), paint),
    box(vector(-2.6, 0, -4), vector(-2.5, 2.7, far), paper),
    box(vector(2.2, 0, -4), vector(2.3, 2.7, far), paper),
    box(vector(-3, 0, -4.1), vector(3, 2.7, -4), paint),
    box(vector(-3, 0, backWall), vector(left, 2.7, far), paper),
    box(vector(right, 0, backWall), vector(3, 2.7, far), paper),
    box(vector(left, 0, backWall), vector(right, bottom, far), paper),
    box(vector(left, top, backWall), vector(right, 2.7, far), paper),
    box(vector(-3, 0, backWall - 0.02), vector(3, 0.12, backWall), paint),
    box(vector(left - 0.07, bottom - 0.05, backWall - 0.09), vector(right + 0.07, bottom, backWall + 0.2), paint),
    ...[left, middle, right].map((x) => box(vector(x - bar, bottom, inner), vector(x + bar, top, inner + 0.05), paint)),
    ...[bottom + 0.02, bottom + (top - bottom) * 0.62, top - 0.02].map((y) =>
      box(vector(left, y - bar, inner), vector(right, y + bar, inner + 0.05), paint),
    ),
    box(vector(-1.5, 0, -1.6), vector(1.1, 0.012, 1.1), rug(-0.2, -0.25, 1.3, 1.35)),
    ...pictureFrame(),
    landscape(),
  ];
}

/** A painting on the wall: hills under an evening sky. */
function pictureFrame(): Shape[] {
  const canvas: Material = ({ x, y }) => {
    const ridge = (base: number, seed: number) => base + 0.16 * fractalNoise(x * 5, seed, 4, seed);
    const stroke = 0.85 + 0.3 * fractalNoise(x * 60, y * 90, 2, 87);
    if (y < ridge(1.6, 84)) return { albedo: scale(vector(0.07, 0.15, 0.06), stroke) };
    if (y < ridge(1.72, 85)) return { albedo: scale(vector(0.1, 0.17, 0.22), stroke) };
    return { albedo: scale(vector(0.62, 0.38 + (y - 1.7) * 0.4, 0.2 + (y - 1.7) * 1.1), stroke) };
  };
  const gilt = plain(vector(0.42, 0.29, 0.1), 0.2, 0.35);
  return [
    box(vector(0.25, 1.5, backWall - 0.03), vector(1.05, 2.08, backWall), gilt),
    box(vector(0.3, 1.55, backWall - 0.034), vector(1.0, 2.03, backWall - 0.01), canvas),
  ];
}

/** Roofs and trees outside, against the night sky. */
function landscape(): Shape {
  const roofs: Material = ({ x, y }) => {
    const column = Math.floor(x / 0.3);
    const row = Math.floor(y / 0.38);
    const pane = Math.abs(x / 0.3 - column - 0.5) < 0.22 && Math.abs(y / 0.38 - row - 0.5) < 0.26;
    const lit = pane && latticeRandom(column, row, 89) < 0.22;
    return { albedo: vector(0.1, 0.12, 0.15), emission: lit ? vector(0.9, 0.5, 0.18) : vector(0.012, 0.018, 0.032) };
  };
  return bounded(vector(-12, -2, 14), vector(12, 6, 17), [
    box(vector(-12, -2, 14), vector(12, 0.75, 17), roofs),
    cone(vector(-4.3, 0.4, 15), 2.7, 1.1, 0.05, roofs),
    cone(vector(-2.2, 0.4, 15.5), 2.1, 0.8, 0.05, roofs),
    box(vector(-8, 0, 15), vector(-5.4, 2.2, 16), roofs),
  ]);
}

function table(): Shape[] {
  const oak = wood(vector(0.36, 0.2, 0.095), vector(0.16, 0.075, 0.032), 0.19, 0.04);
  const leg = (x: number, z: number) => box(vector(x, 0, z), vector(x + 0.07, tableMetres - 0.04, z + 0.07), oak);
  return [
    box(vector(-0.95, tableMetres - 0.04, 0.62), vector(0.95, tableMetres, 1.85), oak),
    box(vector(-0.9, tableMetres - 0.14, 0.68), vector(0.9, tableMetres - 0.04, 1.8), oak),
    leg(-0.9, 0.68),
    leg(0.83, 0.68),
    leg(-0.9, 1.72),
    leg(0.83, 1.72),
  ];
}

function stillLife(): Shape {
  const on = (x: number, z: number, above = 0) => vector(x, tableMetres + above, z);
  const steel = {
    albedo: vector(0.05, 0.05, 0.05),
    mirror: 0.85,
    mirrorTint: vector(0.95, 0.93, 0.9),
    roughness: 0.03,
  };
  return bounded(vector(-0.95, tableMetres - 0.01, 0.6), vector(0.95, tableMetres + 0.45, 1.85), [
    book(on(0.3, 1.62), 8, vector(0.3, 0.045, 0.21), vector(0.3, 0.04, 0.045)),
    book(on(0.29, 1.62, 0.045), -6, vector(0.27, 0.035, 0.19), vector(0.035, 0.11, 0.2)),
    book(on(0.31, 1.62, 0.08), 15, vector(0.23, 0.03, 0.165), vector(0.42, 0.27, 0.06)),
    colourCard(on(-0.12, 1.5), -22),
    vase(on(-0.55, 1.45), 0.34, vector(0.05, 0.13, 0.34), vector(0.65, 0.6, 0.5)),
    apple(on(0.16, 1.02), 0.043),
    apple(on(0.27, 1.1), 0.041),
    ball(on(-0.36, 1.08), 0.062, () => steel),
    ball(on(-0.06, 0.98), 0.045, plain(vector(0.55, 0.24, 0.015), 0.05, 0.06)),
    ball(on(-0.52, 0.94), 0.042, plain(vector(0.03, 0.28, 0.1), 0.05, 0.06)),
    mug(on(0.47, 1.12), vector(0.62, 0.6, 0.55)),
    box(on(-0.82, 1.05), on(-0.68, 1.19, 0.1), plain(vector(0.33, 0.07, 0.19))),
    box(on(-0.8, 1.07, 0.1), on(-0.7, 1.17, 0.17), plain(vector(0.6, 0.5, 0.08))),
  ]);
}

/** Curtains drawn to both sides, in folds. */
function curtains(): Shape[] {
  const cloth: Material = ({ x, y }) => {
    const thread = 0.9 + 0.2 * fractalNoise(x * 240, y * 240, 2, 88);
    return { albedo: scale(vector(0.2, 0.06, 0.075), thread) };
  };
  return [
    [-1.52, -1.14],
    [-0.26, 0.1],
  ].map(([from, to]) => {
    const z = backWall - 0.16;
    const metresTo = (p: Vector) => {
      const fold = 0.032 * Math.sin(p.x * 78 + 0.5 * Math.sin(p.y * 2)) + 0.012 * Math.sin(p.x * 31 + p.y);
      const sheet = Math.abs(p.z - z - fold) - 0.006;
      return Math.max(sheet, from - p.x, p.x - to) * 0.32;
    };
    return distanceField(vector(from - 0.01, 0.5, z - 0.06), vector(to + 0.01, 2.42, z + 0.06), metresTo, cloth);
  });
}
