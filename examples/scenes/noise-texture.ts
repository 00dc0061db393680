/** A number from 0 to 1 that belongs to a lattice point: the same on every run, unlike any neighbour's. */
export function latticeRandom(x: number, y: number, z = 0): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

/** Value noise, 0 to 1: random numbers of the whole-numbered lattice, blended by the quintic of Perlin (2002). */
export function valueNoise(x: number, y: number, seed = 0): number {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const u = fade(x - left);
  const v = fade(y - top);
  const upper = latticeRandom(left, top, seed) * (1 - u) + latticeRandom(left + 1, top, seed) * u;
  const lower = latticeRandom(left, top + 1, seed) * (1 - u) + latticeRandom(left + 1, top + 1, seed) * u;
  return upper * (1 - v) + lower * v;
}

/** Fractal noise, 0 to 1: octaves of value noise, each twice as fine and half as strong as the last. */
export function fractalNoise(x: number, y: number, octaves: number, seed = 0): number {
  let sum = 0;
  let weight = 0.5;
  let frequency = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * valueNoise(x * frequency, y * frequency, seed + octave);
    weight /= 2;
    frequency *= 2.03;
  }
  return sum / (1 - 0.5 ** octaves);
}

function fade(t: number): number {
  return t * t * t * (t * (6 * t - 15) + 10);
}
