import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ceilDivide,
  type Dimension,
  evaluate,
  floorDivide,
  format,
  freeDimension,
  isAtLeast,
  minus,
  plus,
  same,
  smaller,
  times,
} from "./dimension.ts";
import { readDimension } from "./read-dimension.ts";

const height = freeDimension("height");
const width = freeDimension("width");

describe("a symbolic length", () => {
  it("is one text however it is built", () => {
    expect(same(plus(height, 1), minus(plus(plus(height, height), 1), height))).toBe(true);
    expect(same(ceilDivide(height, 2), plus(floorDivide(minus(height, 1), 2), 1))).toBe(true);
    expect(same(times(plus(height, 1), width), plus(times(width, height), width))).toBe(true);
    expect(same(floorDivide(plus(times(4, height), 6), 4), plus(height, 1))).toBe(true);
  });

  it("halves twice as it quarters once", () => {
    expect(format(ceilDivide(ceilDivide(height, 2), 2))).toBe(format(ceilDivide(height, 4)));
  });

  it("is a number again once nothing free is left", () => {
    expect(minus(plus(height, 3), height)).toBe(3);
    expect(floorDivide(7, 2)).toBe(3);
  });

  it("tells that rounding up and doubling never loses a row", () => {
    expect(isAtLeast(times(2, ceilDivide(height, 2)), height)).toBe(true);
    expect(isAtLeast(times(2, ceilDivide(height, 4)), ceilDivide(height, 2))).toBe(true);
    expect(isAtLeast(times(16, ceilDivide(height, 16)), height)).toBe(true);
    expect(isAtLeast(times(2, floorDivide(height, 2)), height)).toBe(false);
    expect(smaller(times(2, ceilDivide(height, 2)), height)).toBe(height);
  });

  it("keeps a minimum it cannot decide, and works it out later", () => {
    const least = smaller(height, width);
    expect(format(least)).toBe("min(height, width)");
    expect(evaluate(least, { height: 7, width: 5 })).toBe(5);
    expect(same(least, smaller(width, height))).toBe(true);
  });

  it("names the free dimension that has no value", () => {
    expect(() => evaluate(height, { width: 3 })).toThrow(/height has no value.*given: width/);
  });

  it("refuses to grow without end", () => {
    const grow = () => {
      let length: Dimension = height;
      for (let i = 0; i < 64; i++) length = smaller(times(length, length), plus(width, i));
    };
    expect(grow).toThrow(/became too long an expression/);
  });
});

/** A length built at random, with the plain function that it should mean. */
interface Built {
  readonly length: Dimension;
  readonly value: (h: number, w: number) => number;
}

const leaf: fc.Arbitrary<Built> = fc.oneof(
  fc.constant<Built>({ length: height, value: (h) => h }),
  fc.constant<Built>({ length: width, value: (_, w) => w }),
  fc.integer({ min: -9, max: 9 }).map((n): Built => ({ length: n, value: () => n })),
);

const { tree } = fc.letrec<{ tree: Built; pair: [Built, Built] }>((tie) => ({
  pair: fc.tuple(tie("tree"), tie("tree")),
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie("pair").map(
      ([a, b]): Built => ({ length: plus(a.length, b.length), value: (h, w) => a.value(h, w) + b.value(h, w) }),
    ),
    tie("pair").map(
      ([a, b]): Built => ({ length: minus(a.length, b.length), value: (h, w) => a.value(h, w) - b.value(h, w) }),
    ),
    fc
      .tuple(tie("tree"), fc.integer({ min: 1, max: 5 }))
      .map(
        ([a, by]): Built => ({ length: floorDivide(a.length, by), value: (h, w) => Math.floor(a.value(h, w) / by) }),
      ),
    fc
      .tuple(tie("tree"), fc.integer({ min: -3, max: 3 }))
      .map(([a, by]): Built => ({ length: times(a.length, by), value: (h, w) => a.value(h, w) * by })),
    tie("pair").map(
      ([a, b]): Built => ({
        length: smaller(a.length, b.length),
        value: (h, w) => Math.min(a.value(h, w), b.value(h, w)),
      }),
    ),
  ),
}));

const side = fc.integer({ min: 1, max: 40 });

describe("any expression of lengths", () => {
  it("means what the same arithmetic on numbers gives", () => {
    fc.assert(
      fc.property(tree, side, side, ({ length, value }, h, w) => {
        expect(evaluate(length, { height: h, width: w }) + 0).toBe(value(h, w) + 0);
      }),
      { numRuns: 500 },
    );
  });

  it("is read back from its text", () => {
    fc.assert(
      fc.property(tree, ({ length }) => {
        expect(readDimension(format(length))).toEqual(length);
      }),
      { numRuns: 300 },
    );
  });

  it("is at least another only where that holds for every size", () => {
    fc.assert(
      fc.property(tree, tree, side, side, (a, b, h, w) => {
        fc.pre(isAtLeast(a.length, b.length));
        expect(a.value(h, w)).toBeGreaterThanOrEqual(b.value(h, w));
      }),
      { numRuns: 300 },
    );
  });
});

it.each(["rows cols", "2*", "floor(h/2)", "min(h)", "", "h)"])("what is no expression is a name: %j", (text) => {
  expect(readDimension(text)).toEqual(freeDimension(text));
});
