import type { Lamp } from "./light.ts";
import { distanceToWord, wordWidth } from "./neon-lettering.ts";
import { box } from "./shapes.ts";
import type { Luminaire } from "./street-lamp.ts";
import type { Material } from "./surface.ts";
import { add, addScaled, scale, smoothstep, type Vector, vector } from "./vector.ts";

/** A sign on a house. */
export interface ShopSign {
  readonly word: string;
  /** Middle of the sign. */
  readonly centre: Vector;
  readonly letterMetres: number;
  /** `along` the house wall, or `out` from it so that it faces people who walk down the street. */
  readonly hangs: "along" | "out";
  readonly colour: Vector;
  readonly board: Vector;
}

const tubeShare = 0.055;

/** A board with a word in neon tubes, with the glow they throw on the board and into the street. */
export function shopSign(sign: ShopSign): Luminaire {
  const vertical = sign.hangs === "out";
  const letter = sign.letterMetres;
  const half = vertical
    ? vector(letter * 0.55, (sign.word.length * 1.25 * letter) / 2 + letter * 0.15, 0.07)
    : vector(0.07, letter * 0.85, ((wordWidth(sign.word) + 0.9) * letter) / 2);
  const min = addScaled(sign.centre, half, -1);
  const max = add(sign.centre, half);
  const side = sign.centre.x < 0 ? 1 : -1;
  const material: Material = (point, normal) => {
    const distance = vertical
      ? distanceDownwards(sign, point)
      : distanceToWord(
          sign.word,
          wordWidth(sign.word) / 2 + (side * (point.z - sign.centre.z)) / letter,
          (point.y - sign.centre.y) / letter + 0.5,
        );
    const faces = vertical ? normal.z < -0.5 : Math.abs(normal.x) > 0.5;
    const tube = 1 - smoothstep(tubeShare, tubeShare + 0.03, distance);
    const core = 1 - smoothstep(0, tubeShare * 0.8, distance);
    const aura = 0.28 / (1 + (distance / 0.09) ** 2);
    if (!faces) return { albedo: sign.board, mirror: 0.04, roughness: 0.3 };
    const white = vector(1, 1, 1);
    const light = add(scale(sign.colour, 2.6 * tube + aura), scale(white, 1.4 * core));
    return { albedo: sign.board, emission: light, mirror: 0.04, roughness: 0.3 };
  };
  const lamp: Lamp = {
    position: add(sign.centre, vertical ? vector(0, -0.2, -0.5) : vector(side * 0.5, 0, 0)),
    radius: 0.4,
    colour: scale(sign.colour, 2.2 * letter),
    glow: 0.005,
    casts: true,
  };
  return { shape: box(min, max, material), lamp };
}

/** Letters one below the other, as on signs that hang out over the pavement. */
function distanceDownwards(sign: ShopSign, point: Vector): number {
  const letter = sign.letterMetres;
  const fromTop = (sign.centre.y + (sign.word.length * 1.25 * letter) / 2 - point.y) / (1.25 * letter);
  const index = Math.min(Math.max(Math.floor(fromTop), 0), sign.word.length - 1);
  const y = (1 - (fromTop - index)) * 1.25 - 0.125;
  return distanceToWord(sign.word[index], (point.x - sign.centre.x) / letter + 0.3, y);
}
