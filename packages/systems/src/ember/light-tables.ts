import { decodeSrgb, encodeSrgb } from "@kindling/core";
import { rootSteps } from "./maps.ts";

// Between the roots of encoded values, in which Ember works, and the roots of linear light, by tables: powers would take most
// of the time of relighting, and so would an interpolation. Of light the roots too, since even steps of these have the
// precision where eyes have it.

const lightOfRoots = table((root) => Math.sqrt(decodeSrgb(root * root)));
const valuesOfLight = table((root) => encodeSrgb(root * root));

/**
 * The square root of the linear light (sRGB) of a square root of an encoded value, both 0 to 1: exact where the root is one of
 * the maps' 65,536, else that of the nearest.
 */
export function lightRootOf(root: number): number {
  return lightOfRoots[(root * rootSteps + 0.5) | 0];
}

/** The encoded value (sRGB) of a square root of linear light, both 0 to 1, exact to 1.2e-5: less than a step of 16 bits. */
export function encodedOf(lightRoot: number): number {
  return valuesOfLight[(lightRoot * rootSteps + 0.5) | 0];
}

function table(at: (root: number) => number): Float32Array {
  return Float32Array.from({ length: rootSteps + 1 }, (_, i) => at(i / rootSteps));
}
