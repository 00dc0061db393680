/** A source of random numbers: each call gives the next one, at least 0 and below 1, evenly spread. */
export type Random = () => number;

/**
 * Makes a source of random numbers that repeat bit for bit on every machine.
 *
 * The seed is `fnv1a32(name) XOR seed` and the generator mulberry32: 32 bits of state, one number in 2^32 steps.
 * Fit for noise, crops and initial weights; never for secrets.
 *
 * @param seed a whole number; its low 32 bits count.
 * @param name what the numbers are for, so that two uses of one seed do not share their numbers.
 * @example
 * // runs
 * const random = createRandom(7, "crops");
 * const left = Math.floor(100 * random()); // 87
 * const top = Math.floor(100 * random()); // 99
 */
export function createRandom(seed: number, name: string): Random {
  let state = fnv1a32(name) ^ seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The 32-bit FNV-1a hash of a text's UTF-8 bytes: a number from 0 to 2^32 - 1. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
