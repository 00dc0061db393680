import { fractalNoise, latticeRandom, valueNoise } from "./noise-texture.ts";
import type { Material } from "./surface.ts";
import { mix, scale, smoothstep, type Vector, vector } from "./vector.ts";

/** Boards that run along z, with grain, knots and gaps. */
export function wood(light: Vector, dark: Vector, boardMetres: number, gloss: number): Material {
  return ({ x, y, z }) => {
    const across = (x + y * 0.7) / boardMetres;
    const board = Math.floor(across);
    const shift = latticeRandom(board, 3, 51) * 20;
    const bend = fractalNoise(across * 1.3 + shift, z * 0.9 + shift, 3, 52);
    const rings = 0.5 + 0.5 * Math.sin((across + bend * 1.6) * 34);
    const fibre = valueNoise(x * 420, z * 11 + shift, 53);
    const gap = smoothstep(0, 0.012, Math.min(across - board, board + 1 - across) * boardMetres * 6);
    const tone = 0.35 * rings + 0.35 * fibre + 0.5 * latticeRandom(board, 7, 54);
    return {
      albedo: scale(mix(light, dark, Math.min(tone, 1)), 0.35 + 0.65 * gap),
      mirror: gloss,
      roughness: 0.28 + 0.1 * fibre,
    };
  };
}

/** Wallpaper: pale stripes under a damask of leaves and dots. */
export function wallpaper(ground: Vector, print: Vector): Material {
  return ({ x, y, z }) => {
    const u = (x + z) / 0.26;
    const v = y / 0.34 + (Math.floor(u) % 2 === 0 ? 0 : 0.5);
    const a = u - Math.floor(u) - 0.5;
    const b = v - Math.floor(v) - 0.5;
    const angle = Math.atan2(b, a);
    const radius = Math.hypot(a, b * 1.2);
    const petal = 0.2 + 0.11 * Math.cos(6 * angle) + 0.04 * Math.cos(12 * angle);
    const flower = 1 - smoothstep(petal - 0.012, petal + 0.012, radius);
    const heart = 1 - smoothstep(0.06, 0.085, radius);
    const stem =
      (1 - smoothstep(0.01, 0.025, Math.abs(a + 0.05 * Math.sin(b * 12)))) * smoothstep(0.28, 0.32, Math.abs(b));
    const share = Math.min(1, Math.max(flower - heart, stem)) * 0.8;
    const weave = 0.93 + 0.14 * valueNoise(u * 90, v * 90, 61);
    return { albedo: scale(mix(ground, print, share), weave) };
  };
}

/** A woven rug around a centre: a border, stripes and lozenges in a few deep colours. */
export function rug(centreX: number, centreZ: number, halfX: number, halfZ: number): Material {
  const colours = [
    vector(0.34, 0.045, 0.04),
    vector(0.055, 0.08, 0.2),
    vector(0.55, 0.43, 0.25),
    vector(0.07, 0.17, 0.13),
    vector(0.5, 0.2, 0.05),
  ];
  return ({ x, z }) => {
    // Knots of a hand-made rug: colours change a knot at a time.
    const knot = 0.011;
    const a = Math.round((x - centreX) / knot) * knot;
    const b = Math.round((z - centreZ) / knot) * knot;
    const edge = Math.min(halfX - Math.abs(a), halfZ - Math.abs(b));
    let colour = colours[0];
    if (edge < 0.04) colour = colours[2];
    else if (edge < 0.16) colour = Math.sin(a * 60) * Math.sin(b * 60) > 0.15 ? colours[2] : colours[1];
    else if (edge < 0.19) colour = colours[4];
    else {
      const u = Math.abs(a) / 0.3;
      const v = Math.abs(b) / 0.3;
      const lozenge = Math.abs(u - Math.round(u)) + Math.abs(v - Math.round(v));
      const band = Math.floor(lozenge * 9);
      colour = colours[[2, 4, 3, 0, 0, 1, 0, 0, 2][band] ?? 0];
    }
    const pile = 0.7 + 0.5 * valueNoise(x * 190, z * 190, 62) + 0.2 * Math.sin((x / knot) * Math.PI * 2) * 0.5;
    return { albedo: scale(colour, pile) };
  };
}

/** Glazed earthenware with a band of colour. */
export function glaze(colour: Vector, band: Vector, bandFrom: number, bandTo: number): Material {
  return ({ x, y, z }) => {
    const wave = 0.006 * Math.sin(Math.atan2(z, x) * 9);
    const share = smoothstep(bandFrom - 0.003, bandFrom, y + wave) * (1 - smoothstep(bandTo, bandTo + 0.003, y + wave));
    return { albedo: mix(colour, band, share), mirror: 0.05, roughness: 0.05 };
  };
}
