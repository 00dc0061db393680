import { KindlingError } from "@kindling/core";

/**
 * The length of one side of a tensor: a number, or an expression of free dimensions such as `height`.
 *
 * Expressions are canonical: two that are built differently but are the same polynomial of names, rounded-down
 * quotients and minima have the same text, so `same` compares texts. Lengths are assumed to be at least 0, free
 * dimensions at least 1.
 */
export type Dimension = number | SymbolicDimension;

/** A length that depends on free dimensions: a sum of terms, each an integer times a product of factors. */
export interface SymbolicDimension {
  readonly terms: readonly Term[];
  readonly text: string;
}

interface Term {
  readonly coefficient: number;
  /** Sorted by text; empty for the constant term. */
  readonly factors: readonly Factor[];
}

type Factor =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "quotient"; readonly of: SymbolicDimension; readonly by: number; readonly text: string }
  | { readonly kind: "minimum"; readonly of: readonly [Dimension, Dimension]; readonly text: string };

/** Numbers for the free dimensions, by name. */
export type DimensionValues = Readonly<Record<string, number>>;

/** Longest text of an expression, far beyond real networks'; without it a hostile file could fill the memory. */
export const maxTextLength = 400;

/**
 * Makes a free dimension: a length known only when the graph runs.
 *
 * @example
 * // runs
 * const [height, width] = [freeDimension("height"), freeDimension("width")];
 * const photos = input("photos", [1, 3, height, width]);
 */
export function freeDimension(name: string): SymbolicDimension {
  return symbol({ kind: "name", text: name });
}

/** The sum of two lengths. */
export function plus(a: Dimension, b: Dimension): Dimension {
  return fromTerms([...termsOf(a), ...termsOf(b)]);
}

/** The product of two lengths. */
export function times(a: Dimension, b: Dimension): Dimension {
  return fromTerms(
    termsOf(a).flatMap((left) =>
      termsOf(b).map((right) => ({
        coefficient: left.coefficient * right.coefficient,
        factors: [...left.factors, ...right.factors].sort((x, y) => (x.text < y.text ? -1 : 1)),
      })),
    ),
  );
}

/** `a` minus `b`. */
export function minus(a: Dimension, b: Dimension): Dimension {
  return plus(a, times(-1, b));
}

/** `length` divided by an integer and rounded down. */
export function floorDivide(length: Dimension, by: number): Dimension {
  if (typeof length === "number") return Math.floor(length / by);
  if (by === 1) return length;
  // Multiples of the divisor are taken out of the rounding, so floor((h - 1) / 2) + 1 equals floor((h + 1) / 2).
  const split = length.terms.map(({ coefficient, factors }) => {
    const whole = Math.floor(coefficient / by);
    return [
      { coefficient: whole, factors },
      { coefficient: coefficient - whole * by, factors },
    ] as const;
  });
  const rest = fromTerms(split.map(([, remainder]) => remainder));
  const outside = fromTerms(split.map(([whole]) => whole));
  return plus(outside, typeof rest === "number" ? Math.floor(rest / by) : quotient(rest, by));
}

/** `length` divided by an integer and rounded up. */
export function ceilDivide(length: Dimension, by: number): Dimension {
  return floorDivide(plus(length, by - 1), by);
}

/** The smaller of two lengths; one of the two if the sign of their difference is known, else a minimum. */
export function smaller(a: Dimension, b: Dimension): Dimension {
  if (isAtLeast(a, b)) return b;
  if (isAtLeast(b, a)) return a;
  const pair = format(a) < format(b) ? ([a, b] as const) : ([b, a] as const);
  return symbol({ kind: "minimum", of: pair, text: `min(${format(pair[0])}, ${format(pair[1])})` });
}

/** A number for the height and one for the width. */
export type Pair = readonly [number, number];

/** The number of elements of a tensor whose sizes are all numbers. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The product of all lengths: the number of elements of a tensor of this shape. */
export function product(shape: readonly Dimension[]): Dimension {
  return shape.reduce<Dimension>(times, 1);
}

/** Whether two lengths are equal for all values of the free dimensions. */
export function same(a: Dimension, b: Dimension): boolean {
  return typeof a === "number" || typeof b === "number" ? a === b : a.text === b.text;
}

/** Whether `a` is provably at least `b` for all values of the free dimensions; false also if it cannot be proved. */
export function isAtLeast(a: Dimension, b: Dimension): boolean {
  return lowerBound(minus(a, b)) >= 0;
}

/**
 * Computes a length for given values of the free dimensions.
 *
 * @throws {KindlingError} `invalid-option` if a free dimension has no value.
 */
export function evaluate(length: Dimension, values: DimensionValues): number {
  if (typeof length === "number") return length;
  return length.terms.reduce(
    (sum, term) =>
      sum + term.factors.reduce((value, factor) => value * evaluateFactor(factor, values), term.coefficient),
    0,
  );
}

/** Computes a length where every free dimension has the same value. */
export function lengthAt(length: Dimension, side: number): number {
  if (typeof length === "number") return length;
  const factorAt = (factor: Factor) => {
    if (factor.kind === "name") return side;
    if (factor.kind === "quotient") return Math.floor(lengthAt(factor.of, side) / factor.by);
    return Math.min(...factor.of.map((of) => lengthAt(of, side)));
  };
  return length.terms.reduce(
    (sum, { coefficient, factors }) => sum + factors.reduce((value, factor) => value * factorAt(factor), coefficient),
    0,
  );
}

/** Computes a shape in numbers. @throws {KindlingError} `invalid-option` if a free dimension has no value. */
export function evaluateShape(shape: readonly Dimension[], values: DimensionValues): number[] {
  return shape.map((side) => evaluate(side, values));
}

/** A length as text, for messages and ONNX files. */
export function format(length: Dimension): string {
  return typeof length === "number" ? String(length) : length.text;
}

/** A shape as text, for messages: `[batch, 3, height, width]`. */
export function formatShape(shape: readonly Dimension[]): string {
  return `[${shape.map(format).join(", ")}]`;
}

function evaluateFactor(factor: Factor, values: DimensionValues): number {
  if (factor.kind === "quotient") return Math.floor(evaluate(factor.of, values) / factor.by);
  if (factor.kind === "minimum") return Math.min(evaluate(factor.of[0], values), evaluate(factor.of[1], values));
  const value = values[factor.text];
  if (value === undefined) {
    throw new KindlingError(
      "invalid-option",
      `The free dimension ${factor.text} has no value; give one for it (given: ${Object.keys(values).join(", ") || "none"}).`,
    );
  }
  return value;
}

function quotient(of: SymbolicDimension, by: number): Dimension {
  // floor((floor(x / a) + c) / b) = floor((x + a c) / (a b)): halving twice equals quartering once.
  const constant = of.terms.find((term) => term.factors.length === 0)?.coefficient ?? 0;
  const others = of.terms.filter((term) => term.factors.length > 0);
  const [only] = others;
  const inner = only?.factors[0];
  if (others.length === 1 && only?.coefficient === 1 && only.factors.length === 1 && inner?.kind === "quotient") {
    return floorDivide(plus(inner.of, inner.by * constant), inner.by * by);
  }
  return symbol({ kind: "quotient", of, by, text: `floor((${of.text})/${by})` });
}

function symbol(factor: Factor): SymbolicDimension {
  requireShort(factor.text);
  return { terms: [{ coefficient: 1, factors: [factor] }], text: factor.text };
}

function termsOf(length: Dimension): readonly Term[] {
  return typeof length === "number" ? [{ coefficient: length, factors: [] }] : length.terms;
}

function fromTerms(terms: readonly Term[]): Dimension {
  const merged = new Map<string, Term>();
  for (const term of terms) {
    const key = term.factors.map((factor) => factor.text).join("*");
    const coefficient = term.coefficient + (merged.get(key)?.coefficient ?? 0);
    if (coefficient === 0) merged.delete(key);
    else merged.set(key, { ...term, coefficient });
  }
  const keys = [...merged.keys()].sort((a, b) => (a === "" ? 1 : b === "" ? -1 : a < b ? -1 : 1));
  if (keys.length === 0) return 0;
  if (keys.length === 1 && keys[0] === "") return merged.get("")!.coefficient;
  const text = keys
    .map((key) => termText(key, merged.get(key)!.coefficient))
    .join("")
    .replace(/^\+/, "");
  requireShort(text);
  if (![...merged.values()].every((term) => Number.isSafeInteger(term.coefficient))) throw tooLarge(text);
  return { terms: keys.map((key) => merged.get(key)!), text };
}

function termText(key: string, coefficient: number): string {
  const sign = coefficient < 0 ? "-" : "+";
  const size = Math.abs(coefficient);
  if (key === "") return `${sign}${size}`;
  return size === 1 ? `${sign}${key}` : `${sign}${size}*${key}`;
}

function requireShort(text: string): void {
  if (text.length > maxTextLength) throw tooLarge(text);
}

function tooLarge(text: string): KindlingError {
  return new KindlingError(
    "invalid-model",
    `A tensor's size became too long an expression (${text.slice(0, 60)}…); give the inputs sizes in numbers instead.`,
  );
}

/** A lower bound of a length; minus infinity if none is found. */
function lowerBound(length: Dimension): number {
  if (typeof length === "number") return length;
  // A rounded-down quotient lies between (x - d + 1) / d and x / d. Replacing it by the end that lowers the sum leaves
  // only names; multiplying by d keeps the coefficients integers.
  for (const term of length.terms) {
    const factor = term.factors[0];
    if (term.factors.length !== 1 || factor?.kind !== "quotient") continue;
    const others = fromTerms(length.terms.filter((other) => other !== term));
    const end = term.coefficient > 0 ? minus(factor.of, factor.by - 1) : factor.of;
    // The length is an integer, so its bound can be rounded up.
    return Math.ceil(lowerBound(plus(times(others, factor.by), times(term.coefficient, end))) / factor.by);
  }
  return length.terms.reduce((sum, term) => sum + lowestTerm(term), 0);
}

function lowestTerm({ coefficient, factors }: Term): number {
  const bounds = factors.map(leastOf);
  // Factors have no upper bound, and a product with a factor that may be negative has no lower bound.
  if (factors.length > 0 && (coefficient < 0 || bounds.some((bound) => bound < 0))) return Number.NEGATIVE_INFINITY;
  return bounds.reduce((product, bound) => product * bound, coefficient);
}

function leastOf(factor: Factor): number {
  if (factor.kind === "name") return 1;
  if (factor.kind === "quotient") return Math.floor(lowerBound(factor.of) / factor.by);
  return Math.min(...factor.of.map(lowerBound));
}
