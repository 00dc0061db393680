import { bricks, plaster, stoneBlocks } from "./masonry.ts";
import { latticeRandom, valueNoise } from "./noise-texture.ts";
import type { Material, Surface } from "./surface.ts";
import { addScaled, clamp, cross, dot, multiply, scale, up, type Vector, vector } from "./vector.ts";

/** How one house looks from the street. */
export interface Facade {
  readonly seed: number;
  readonly wall: "brick" | "plaster" | "stone";
  readonly colour: Vector;
  /** Metres from one window to the next, and from one storey to the next. */
  readonly bayMetres: number;
  readonly storeyMetres: number;
  /** Share of windows with a light on, 0 to 1. */
  readonly lit: number;
  /** Light in the shop on the ground floor; black for a house without one. */
  readonly shop: Vector;
}

const groundMetres = 3.6;
const revealMetres = 0.22;
/** From a shop's window to the shelf behind it. */
const displayMetres = 0.5;
const stone = vector(0.42, 0.39, 0.34);

interface Opening {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** A look into the wall: where on it (u along, v up within the bay) and how the ray slants per metre of depth. */
interface Look {
  readonly u: number;
  readonly v: number;
  readonly slantU: number;
  readonly slantV: number;
  readonly bay: number;
  readonly storey: number;
}

/** The wall of a house with its windows: set back in the masonry, with sills, bars, and rooms behind the lit ones. */
export function facadeMaterial(facade: Facade): Material {
  return (point, normal, direction, distance) => {
    if (Math.abs(normal.y) > 0.5) return { albedo: vector(0.08, 0.08, 0.09) };
    const along = cross(up, normal);
    const u = dot(point, along) + facade.seed * 0.37;
    const ground = point.y < groundMetres;
    const bay = Math.floor(u / facade.bayMetres);
    const storey = ground ? -1 : Math.floor((point.y - groundMetres) / facade.storeyMetres);
    const depth = Math.max(-dot(direction, normal), 1e-3);
    const look: Look = {
      u: u - bay * facade.bayMetres,
      v: ground ? point.y : point.y - groundMetres - storey * facade.storeyMetres,
      slantU: dot(direction, along) / depth,
      slantV: direction.y / depth,
      bay,
      storey,
    };
    const opening = openingOf(facade, ground);
    if (contains(opening, look.u, look.v)) return windowSurface(facade, look, opening, along, normal);
    return { albedo: masonry(facade, u, point.y, look, opening, distance) };
  };
}

function openingOf(facade: Facade, ground: boolean): Opening {
  const { bayMetres, storeyMetres } = facade;
  if (ground) return { left: 0.3, right: bayMetres - 0.3, bottom: facade.shop.x > 0 ? 0.55 : 0.9, top: 2.75 };
  return { left: bayMetres * 0.29, right: bayMetres * 0.71, bottom: storeyMetres * 0.24, top: storeyMetres * 0.8 };
}

function contains(opening: Opening, u: number, v: number): boolean {
  return u > opening.left && u < opening.right && v > opening.bottom && v < opening.top;
}

function masonry(facade: Facade, u: number, y: number, look: Look, opening: Opening, distance: number): Vector {
  const nearWindow = look.u > opening.left - 0.14 && look.u < opening.right + 0.14;
  const sill = nearWindow && look.v < opening.bottom && look.v > opening.bottom - 0.1;
  const lintel = nearWindow && look.v > opening.top && look.v < opening.top + 0.2;
  const band = Math.abs(y - groundMetres) < 0.16 || y < 0.5;
  if (sill || lintel || band) return stoneBlocks(u, y, stone, distance);
  if (y < groundMetres && facade.wall === "brick") return stoneBlocks(u, y, scale(stone, 0.7), distance);
  if (facade.wall === "brick") return bricks(u, y, facade.colour, vector(0.36, 0.34, 0.31), distance);
  if (facade.wall === "stone") return stoneBlocks(u, y, facade.colour, distance);
  return plaster(u, y, facade.colour);
}

function windowSurface(facade: Facade, look: Look, opening: Opening, along: Vector, normal: Vector): Surface {
  const u = look.u + look.slantU * revealMetres;
  const v = look.v + look.slantV * revealMetres;
  if (!contains(opening, u, v)) return { albedo: scale(stone, 0.75), normal: revealNormal(opening, u, v, along) };
  const width = opening.right - opening.left;
  const height = opening.top - opening.bottom;
  const a = (u - opening.left) / width;
  const b = (v - opening.bottom) / height;
  const shop = look.storey < 0;
  if (isFrame(a * width, b * height, width, height, shop)) return { albedo: frameColour(facade) };

  const chance = latticeRandom(look.bay, look.storey, facade.seed);
  const isLit = shop ? facade.shop.x > 0 : chance < facade.lit;
  // Old panes are not quite flat: what they mirror wavers.
  const waver = vector(valueNoise(u * 5, v * 5, 3) - 0.5, valueNoise(u * 5, v * 5, 4) - 0.5, 0);
  const pane = { normal: addScaled(normal, waver, 0.02), mirror: 0.05, roughness: 0.03 };
  if (!isLit) return { ...pane, albedo: scale(vector(0.03, 0.032, 0.04), curtain(a, 0.3) > 0 ? 4 : 1) };
  const light = shop ? facade.shop : lampColour(latticeRandom(look.bay, look.storey, facade.seed + 50));
  const room = { u, v, slantU: look.slantU, slantV: look.slantV, bay: look.bay, storey: look.storey };
  const inside = shop ? display(facade, room, light) : interior(facade, room, a, light);
  return { ...pane, albedo: vector(0.02, 0.02, 0.02), emission: inside };
}

function revealNormal(opening: Opening, u: number, v: number, along: Vector): Vector {
  if (v <= opening.bottom) return up;
  if (v >= opening.top) return vector(0, -1, 0);
  return scale(along, u <= opening.left ? 1 : -1);
}

function isFrame(x: number, y: number, width: number, height: number, shop: boolean): boolean {
  const edge = Math.min(x, width - x, y, height - y);
  if (edge < 0.06) return true;
  if (shop) return Math.abs(y - height * 0.8) < 0.03;
  return Math.abs(x - width / 2) < 0.035 || Math.abs(y - height * 0.66) < 0.03;
}

function frameColour(facade: Facade): Vector {
  const dark = facade.seed % 2 === 0;
  return dark ? vector(0.05, 0.07, 0.06) : vector(0.5, 0.48, 0.44);
}

function lampColour(chance: number): Vector {
  if (chance < 0.7) return vector(1.5, 0.84, 0.34);
  return chance < 0.88 ? vector(1.35, 1.0, 0.62) : vector(0.5, 0.72, 1.15);
}

/** Share of a drawn curtain at a place across the window, 0 outside it. */
function curtain(a: number, share: number): number {
  const edge = Math.min(a, 1 - a) * 2;
  return edge < share ? 0.7 + 0.3 * Math.sin(edge * 70) : 0;
}

/** The room behind a lit window: the ray goes on to a wall, the floor or the ceiling, lit by a lamp overhead. */
function interior(facade: Facade, look: Look, a: number, light: Vector): Vector {
  const share = 0.15 + 0.5 * latticeRandom(look.bay, look.storey, facade.seed + 7);
  const cloth = curtain(a, share);
  if (cloth > 0) return scale(light, 0.3 * cloth);
  const blind = latticeRandom(look.bay, look.storey, facade.seed + 8);
  if (blind < 0.25) return scale(light, 0.5 + 0.06 * Math.sin(look.v * 70));
  const depth = roomDepth(look, facade.bayMetres, facade.storeyMetres, 3.5);
  const u = look.u + look.slantU * depth;
  const v = look.v + look.slantV * depth;
  const lampDistance = Math.hypot(u - facade.bayMetres / 2, v - facade.storeyMetres * 0.82, depth - 1.6);
  const shelf =
    depth > 3.4 && v < 1.5 ? 0.3 + 0.7 * latticeRandom(Math.floor(u * 14), Math.floor(v * 3), facade.seed) : 1;
  return scale(light, (shelf * 1.1) / (0.55 + lampDistance * lampDistance));
}

/** Goods behind a shop window, under spotlights: books in some bays, boxes and tins in others. */
function display(facade: Facade, look: Look, light: Vector): Vector {
  const edge = look.slantV > 0 ? (3.2 - look.v) / look.slantV : -look.v / look.slantV;
  const depth = Math.min(displayMetres, edge || displayMetres);
  const u = look.u + look.slantU * depth;
  const v = look.v + look.slantV * depth;
  const spot = (0.45 + 0.55 * Math.cos((Math.PI * u) / 0.9) ** 2) / (1 + (v - 2.7) ** 2 * 0.55);
  if (depth < displayMetres) return scale(light, spot * 0.25);
  const books = latticeRandom(look.bay, 9, facade.seed) < 0.6;
  const [shelfMetres, itemMetres] = books ? [0.4, 0.075] : [0.62, 0.26];
  const item = Math.floor(u / itemMetres);
  const level = Math.floor(v / shelfMetres);
  const a = u / itemMetres - item - 0.5;
  const b = v / shelfMetres - level;
  if (b > 0.94) return scale(light, spot * 0.08);
  const chance = (salt: number) => latticeRandom(item, level, facade.seed + salt);
  const size = books ? 0.55 + 0.3 * chance(3) : 0.3 + 0.3 * chance(3);
  const inItem = b < size && Math.abs(a) < (books ? 0.44 : 0.2 + 0.2 * chance(5)) && chance(6) < 0.85;
  const panel = multiply(light, vector(0.34, 0.25, 0.17));
  if (!inItem) return scale(panel, spot);
  const hue = chance(4) * 2 * Math.PI;
  const tint = vector(0.26 + 0.15 * Math.cos(hue), 0.2 + 0.1 * Math.cos(hue - 2.1), 0.17 + 0.13 * Math.cos(hue + 2.1));
  return scale(multiply(light, tint), spot);
}

/** Metres to the first of back wall, side walls, floor and ceiling. */
function roomDepth(look: Look, width: number, height: number, back: number): number {
  const side = look.slantU > 0 ? (width - look.u) / look.slantU : -look.u / look.slantU;
  const level = look.slantV > 0 ? (height - look.v) / look.slantV : -look.v / look.slantV;
  return clamp(Math.min(back, side || back, level || back), 0, back);
}
