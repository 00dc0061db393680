import { car } from "./car.ts";
import { type Facade, facadeMaterial } from "./facade.ts";
import { type NightSky, nightSky } from "./night-sky.ts";
import { latticeRandom } from "./noise-texture.ts";
import type { Scene } from "./render.ts";
import { bounded, box, cone, group, type Shape } from "./shapes.ts";
import { type ShopSign, shopSign } from "./shop-sign.ts";
import { type Luminaire, lightString, streetLamp } from "./street-lamp.ts";
import { plain } from "./surface.ts";
import { add, mix, normalise, scale, type Vector, vector } from "./vector.ts";
import { pavement, roadHalfMetres, wetAsphalt } from "./wet-ground.ts";

/** What tells one night street from another. */
export interface Street {
  readonly seed: number;
  readonly wetness: number;
  readonly lampColour: Vector;
  readonly sky: NightSky;
  /** How thick the haze is that glows around the lamps: 0 clear. */
  readonly haze: number;
  readonly cars: readonly { readonly at: Vector; readonly degrees: number; readonly paint: Vector }[];
  readonly signs: readonly ShopSign[];
  /** Metres ahead of each string of bulbs across the street. */
  readonly strings: readonly number[];
}

const houseLineMetres = 6.4;
const lengthMetres = 90;
const tallestMetres = 26;
/** Houses looked at together: rays that miss the row's bounding box skip them all. */
const housesInRow = 3;
const walls = ["brick", "plaster", "stone"] as const;
const colours: readonly Vector[] = [
  vector(0.4, 0.17, 0.11),
  vector(0.52, 0.43, 0.3),
  vector(0.44, 0.42, 0.38),
  vector(0.3, 0.33, 0.36),
  vector(0.5, 0.3, 0.2),
  vector(0.34, 0.24, 0.18),
];

/** A straight old-town street at night, looking down it along +z from about the middle. */
export function street(settings: Street): Scene {
  const { sky, lampColour, haze, wetness } = settings;
  const left = streetLamps(-1, lampColour, haze);
  const right = streetLamps(1, lampColour, haze);
  const lights: Luminaire[] = [
    ...settings.signs.map(shopSign),
    ...settings.strings.flatMap((z) => {
      const height = 6.4 + 0.5 * latticeRandom(Math.round(z), 1, settings.seed);
      return lightString(
        vector(-houseLineMetres, height, z),
        vector(houseLineMetres, height, z + 1.5),
        18,
        scale(lampColour, 0.08),
      );
    }),
  ];
  const shape = group([
    box(vector(-roadHalfMetres, -1, -20), vector(roadHalfMetres, 0, lengthMetres + 20), wetAsphalt(wetness, 5.2)),
    box(vector(-9, -1, -20), vector(-roadHalfMetres, 0.13, lengthMetres + 20), pavement(wetness)),
    box(vector(roadHalfMetres, -1, -20), vector(9, 0.13, lengthMetres + 20), pavement(wetness)),
    ...houses(settings, -1),
    ...houses(settings, 1),
    tower(),
    ...settings.cars.map(({ at, degrees, paint }) => car(at, degrees, paint)),
    ...bollards(),
    lampRow(-1, left),
    lampRow(1, right),
    ...lights.map((light) => light.shape),
  ]);
  const skyGlow = mix(sky.zenith, sky.horizon, 0.5);
  return {
    shape,
    lamps: [...left, ...right, ...lights]
      .map((light) => light.lamp)
      .filter((lamp) => lamp.colour.x + lamp.colour.y + lamp.colour.z > 0.01),
    moon: { direction: sky.moon, colour: vector(0.035, 0.042, 0.06), spread: 0.02 },
    sky: nightSky(sky),
    ambient: (normal) => mix(scale(lampColour, 0.004), scale(skyGlow, 0.9), 0.5 + 0.5 * normal.y),
    occlusionMetres: 3,
    haze: { perMetre: 0.002 + 0.004 * haze, colour: scale(add(sky.horizon, scale(lampColour, 0.004)), 0.8) },
  };
}

function streetLamps(side: -1 | 1, colour: Vector, haze: number): Luminaire[] {
  const lamps: Luminaire[] = [];
  for (let z = side < 0 ? 9 : 18.5; z < lengthMetres; z += 19) {
    lamps.push(streetLamp(vector(side * (roadHalfMetres + 0.45), 0.13, z), side, colour, 0.0007 * haze));
  }
  return lamps;
}

function lampRow(side: -1 | 1, lamps: readonly Luminaire[]): Shape {
  const kerb = side * (roadHalfMetres + 0.8);
  const road = side * (roadHalfMetres - 0.9);
  const min = vector(Math.min(kerb, road), 0, 0);
  const max = vector(Math.max(kerb, road), 6, lengthMetres);
  return bounded(
    min,
    max,
    lamps.map((lamp) => lamp.shape),
  );
}

function houses(settings: Street, side: -1 | 1): Shape[] {
  const rows: Shape[] = [];
  let row: Shape[] = [];
  let z = side < 0 ? -9 : -6;
  let rowFrom = z;
  for (let index = 0; z < lengthMetres; index++) {
    const chance = (salt: number) => latticeRandom(index * 2 + side, salt, settings.seed);
    const bayMetres = 2.5 + 0.6 * chance(1);
    const width = bayMetres * (3 + Math.floor(chance(2) * 3));
    const storeyMetres = 3 + 0.4 * chance(3);
    const height = 3.6 + storeyMetres * (2 + Math.floor(chance(4) * 3)) + 0.5;
    const facade: Facade = {
      seed: settings.seed + index * 2 + (side + 1) / 2,
      wall: walls[Math.floor(chance(5) * walls.length)],
      colour: colours[Math.floor(chance(6) * colours.length)],
      bayMetres,
      storeyMetres,
      lit: 0.25 + 0.35 * chance(7),
      shop: chance(8) < 0.62 ? scale(vector(1.2, 0.85, 0.52), 0.5 + 0.6 * chance(9)) : vector(0, 0, 0),
    };
    const setBack = 0.25 * chance(10);
    row.push(house(side, houseLineMetres + setBack, z, width, height, facade, chance(11)));
    z += width;
    if (row.length < housesInRow && z < lengthMetres) continue;
    const [near, far] = [side * (houseLineMetres - 0.4), side * (houseLineMetres + 10)];
    rows.push(bounded(vector(Math.min(near, far), 0, rowFrom), vector(Math.max(near, far), tallestMetres, z), row));
    row = [];
    rowFrom = z;
  }
  return rows;
}

function house(
  side: -1 | 1,
  line: number,
  z: number,
  width: number,
  height: number,
  facade: Facade,
  chance: number,
): Shape {
  const span = (near: number, far: number) => (side < 0 ? [-far, -near] : [near, far]);
  const [x1, x2] = span(line, line + 9);
  const [c1, c2] = span(line - 0.32, line + 0.2);
  const [b1, b2] = span(line - 0.18, line + 0.2);
  const [k1, k2] = span(line + 1.2, line + 2);
  const [r1, r2] = span(line + 0.5, line + 8.5);
  const cornice = plain(scale(facade.colour, 0.8));
  const roof = plain(vector(0.06, 0.06, 0.07));
  const chimneyZ = z + width * (0.2 + 0.6 * chance);
  return bounded(vector(Math.min(x1, c1), 0, z), vector(Math.max(x2, c2), height + 3.4, z + width), [
    box(vector(x1, 0, z), vector(x2, height, z + width), facadeMaterial(facade)),
    box(vector(c1, height - 0.25, z), vector(c2, height, z + width), cornice),
    box(vector(b1, height - 0.45, z), vector(b2, height - 0.25, z + width), cornice),
    box(vector(r1, height, z + 0.2), vector(r2, height + 1.6, z + width - 0.2), roof),
    box(vector(k1, height, chimneyZ), vector(k2, height + 2.9, chimneyZ + 0.8), plain(vector(0.26, 0.13, 0.09))),
  ]);
}

/** A church tower that closes the view. */
function tower(): Shape {
  const z = lengthMetres + 6;
  const wall = facadeMaterial({
    seed: 3,
    wall: "stone",
    colour: vector(0.42, 0.4, 0.36),
    bayMetres: 2.7,
    storeyMetres: 5,
    lit: 0.3,
    shop: vector(0, 0, 0),
  });
  return bounded(vector(-14, 0, z - 1), vector(14, 46, z + 14), [
    box(vector(-14, 0, z + 3), vector(14, 13, z + 14), wall),
    box(vector(-4, 0, z), vector(4, 25, z + 8), wall),
    box(vector(-4.3, 24.6, z - 0.3), vector(4.3, 25.2, z + 8.3), plain(vector(0.3, 0.28, 0.25))),
    cone(vector(0, 25.2, z + 4), 18, 4, 0.05, plain(vector(0.1, 0.16, 0.15))),
  ]);
}

function bollards(): Shape[] {
  const iron = plain(vector(0.05, 0.05, 0.055), 0.05, 0.25);
  return [-1, 1].map((side) => {
    const x = side * (roadHalfMetres + 0.4);
    const posts = [3.2, 4.8, 9.8, 11.4, 13].map((z) => cone(vector(x, 0.13, z), 0.85, 0.075, 0.055, iron));
    return bounded(vector(x - 0.1, 0, 3), vector(x + 0.1, 1, 13.2), posts);
  });
}

/** The moon's direction from its bearing to the right of straight ahead and its height, both in degrees. */
export function moonAt(bearingDegrees: number, heightDegrees: number): Vector {
  const bearing = (bearingDegrees * Math.PI) / 180;
  const rise = Math.tan((heightDegrees * Math.PI) / 180);
  return normalise(vector(Math.sin(bearing), rise, Math.cos(bearing)));
}
