import { floatBytes } from "./rows";
import { clamp } from "./vectors";

// Curves as polynomials of least greatest error, for floats of 32 bits; packages/systems/src/ember/row-kernel.test.ts measures
// what they miss. Numbers stay in memory: V8 builds a constant anew in four instructions at each use, and reads one in one.

/** 2^x within half of 0, to 3e-6 of it; coefficients from that of power 0 on. */
const powerOfTwo = memory.data<f32>([
  0.9999992847442627, 0.6931217908859253, 0.240247443318367, 0.05591785907745361, 0.009570102207362652,
]);

/** ((root^2 + 0.055) / 1.055)^1.2 from the root of 0.04045 to 1, to 4e-6 of it. */
const lightOfRoot = memory.data<f32>([
  0.028091467916965485, 0.016193507239222527, 0.4911316931247711, 0.6199098825454712, -0.19357839226722717,
  0.03825586289167404,
]);

/** 1.055 x^(5/3) - 0.055 from the fourth root of 0.0031308 to 1, to a tenth of a step of 16 bits. */
const valueOfLight = memory.data<f32>([
  -0.05954660847783089, 0.1396041363477707, 1.3659210205078125, -0.8529574871063232, 0.6571882963180542,
  -0.3184159994125366, 0.06820797920227051,
]);

/** Where the curves of sRGB are straight, and how steep, as roots; the base-2 logarithm of e; the greatest exponent. */
const numbers = memory.data<f32>([0.20112185, 0.2782074420373286, 0.05595355, 12.92, Mathf.LOG2E, 16, -16, 12582912]);

/** The number at a place of a table, four times. */
function numberAt(table: usize, index: usize): v128 {
  return v128.load32_splat(table + index * floatBytes);
}

/** Two terms of a polynomial, over the power of the first. */
function twoTerms(table: usize, index: usize, x: v128): v128 {
  return f32x4.add(numberAt(table, index), f32x4.mul(numberAt(table, index + 1), x));
}

// By Estrin's scheme, whose chains of operations are half as long as Horner's.

/** e^exponent, to 4e-6 of it; exponents beyond -16 to 16 count as these. */
export function exponential(exponent: v128): v128 {
  const within = clamp(exponent, numberAt(numbers, 6), numberAt(numbers, 5));
  const power = f32x4.mul(within, numberAt(numbers, 4));
  // 1.5 * 2^23 leaves no bits for fractions: the lowest bits of the sum are the whole part.
  const rounded = f32x4.add(power, numberAt(numbers, 7));
  const x = f32x4.sub(power, f32x4.sub(rounded, numberAt(numbers, 7)));
  const x2 = f32x4.mul(x, x);
  const upper = f32x4.add(twoTerms(powerOfTwo, 2, x), f32x4.mul(numberAt(powerOfTwo, 4), x2));
  const value = f32x4.add(twoTerms(powerOfTwo, 0, x), f32x4.mul(upper, x2));
  // Adds to the exponent of the float.
  return i32x4.add(value, i32x4.shl(rounded, 23));
}

/** The square root of the linear light (sRGB) of a square root of an encoded value, both 0 to 1. */
export function lightRootOf(root: v128): v128 {
  const x2 = f32x4.mul(root, root);
  const lower = f32x4.add(twoTerms(lightOfRoot, 0, root), f32x4.mul(twoTerms(lightOfRoot, 2, root), x2));
  const value = f32x4.add(lower, f32x4.mul(twoTerms(lightOfRoot, 4, root), f32x4.mul(x2, x2)));
  const straight = f32x4.mul(root, numberAt(numbers, 1));
  return v128.bitselect(value, straight, f32x4.gt(root, numberAt(numbers, 0)));
}

/** The encoded value (sRGB) of a square root of linear light, both 0 to 1. */
export function encodedOf(lightRoot: v128): v128 {
  const x = f32x4.sqrt(lightRoot);
  const lower = f32x4.add(twoTerms(valueOfLight, 0, x), f32x4.mul(twoTerms(valueOfLight, 2, x), lightRoot));
  const upper = f32x4.add(twoTerms(valueOfLight, 4, x), f32x4.mul(numberAt(valueOfLight, 6), lightRoot));
  const light = f32x4.mul(lightRoot, lightRoot);
  const value = f32x4.add(lower, f32x4.mul(upper, light));
  const straight = f32x4.mul(light, numberAt(numbers, 3));
  return v128.bitselect(value, straight, f32x4.gt(lightRoot, numberAt(numbers, 2)));
}
