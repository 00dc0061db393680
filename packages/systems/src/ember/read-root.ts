import type { HeldSamples } from "@kindling/core/internal";

/** Square roots of the integers of a depth, 0 to 1, by their number. */
const tables = new Map<number, Float64Array>();

/** What takes the square root of a value as a picture holds it; negative values count as 0. Integers are looked up. */
export function rootReader({ values, step }: HeldSamples): (value: number) => number {
  if (values instanceof Float32Array) return (value) => Math.sqrt(Math.max(value, 0));
  const count = 256 ** values.BYTES_PER_ELEMENT;
  const roots = tables.get(count) ?? Float64Array.from({ length: count }, (_, integer) => Math.sqrt(integer * step));
  tables.set(count, roots);
  return (value) => roots[value];
}
