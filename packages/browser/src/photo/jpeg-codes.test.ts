import { expect, test } from "vitest";
import { indexCodes, listCodes, shortestCodes } from "./jpeg-codes.ts";

/** How often symbols occur, from symbol 0 on. */
function occurrences(...counts: number[]): Float64Array {
  return Float64Array.from({ length: 256 }, (_, symbol) => counts[symbol] ?? 0);
}

test("the more often a symbol occurs, the shorter is its code; that of ones alone stays unused", () => {
  const codes = shortestCodes(occurrences(5, 0, 9, 2));
  expect([...codes.symbols]).toEqual([2, 0, 3]);
  expect([...codes.counts.subarray(0, 4)]).toEqual([1, 1, 1, 0]);
  const listed = listCodes(codes);
  expect([2, 0, 3].map((symbol) => [listed[symbol] >> 5, listed[symbol] & 31])).toEqual([
    [0b0, 1],
    [0b10, 2],
    [0b110, 3],
  ]);
  const index = indexCodes(codes);
  expect(index[0b10_1111_0000_1111_00]).toBe(2 * 256 + 0);
  expect(index[0b110_0000_0000_0000_0]).toBe(3 * 256 + 3);
});

test("no code is longer than 16 bits, however rare its symbol", () => {
  const rising = Array.from({ length: 30 }, (_, symbol) => 2 ** symbol);
  const { counts, symbols } = shortestCodes(occurrences(...rising));
  expect(counts.length).toBe(16);
  expect(symbols.length).toBe(30);
  // All but the code of ones alone is taken.
  const taken = counts.reduce((sum, count, i) => sum + count * 2 ** (15 - i), 0);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(30);
  expect(taken).toBe(2 ** 16 - 1);
});
