import { expect, test } from "vitest";
import { leastInTurns } from "../../bench/report/bench.ts";
import { fitLine } from "../../bench/report/fit-line.ts";
import { combine, formatTable } from "../../bench/report/table.ts";

const points = (...values: readonly (readonly [number, number])[]) => values.map(([x, y]) => ({ x, y }));

test("a line through points of least squares, with the share of their variance that it explains", () => {
  // By hand: means 2 and 4, products of deviations 2, squares 2; the line 2 + x leaves 1 + 4 + 1 of 8.
  const line = fitLine(points([1, 2], [2, 6], [3, 4]));
  expect([line?.offset, line?.slope, line?.determination]).toEqual([2, 1, 0.25]);
  const straight = fitLine(points([0.5, 2], [12, 25], [100, 201]));
  expect(straight?.offset).toBeCloseTo(1, 9);
  expect(straight?.slope).toBeCloseTo(2, 9);
  expect(straight?.determination).toBeCloseTo(1, 9);
});

test("a flat line explains all, and one place has no line", () => {
  expect(fitLine(points([1, 5], [2, 5]))).toMatchObject({ offset: 5, slope: 0, determination: 1 });
  expect(fitLine(points([3, 1], [3, 2]))).toBeUndefined();
  expect(fitLine([])).toBeUndefined();
});

test("a table has figures of three digits, what was before with its ratio, and gaps for what nobody measured", () => {
  const text = formatTable({
    ...{ title: "Title", about: "About it.", words: ["method"] },
    figures: [{ head: "s" }, { head: "share %", digits: 0 }],
    rows: [
      { words: ["ember"], figures: [{ now: 1.5, before: 3 }, { now: 12.345 }] },
      { words: ["lime"], figures: [{ now: 1234.5 }, { now: undefined }] },
      {
        words: ["new"],
        figures: [
          { now: 0.01234, before: undefined },
          { now: undefined, before: 7 },
        ],
      },
    ],
  });
  expect(text).toBe(`### Title

About it.

| method |                  s | share % |
| ------ | -----------------: | ------: |
| ember  | 3.00 → 1.50 (0.50) |      12 |
| lime   |               1235 |         |
| new    |             0.0123 |   7 → ? |
`);
});

test("figures computed of others are computed at each checkout for itself", () => {
  const ratio = (a: number, b: number) => a / b;
  expect(combine(ratio, { now: 6, before: 8 }, { now: 3, before: 2 })).toEqual({ now: 2, before: 4 });
  expect(combine(ratio, { now: 6, before: 8 }, { now: 3 })).toEqual({ now: 2, before: undefined });
});

test("both checkouts are measured in turns, of each figure the least counts, and a failure leaves the other's figures", async () => {
  const failures: string[] = [];
  const bench = {
    ...{ now: "here", before: "there", folder: "", runs: 3, isQuick: false, tell: () => undefined },
    fail: (what: string, error: unknown) => failures.push(`${what}: ${String(error)}`),
  };
  const turns: string[] = [];
  const given = { here: [5, 3, 4], there: [7, 8, 6] } as const;
  const figure = await leastInTurns(bench, { doing: "a row" }, (checkout) => {
    turns.push(checkout);
    const ms = given[checkout as "here"][turns.filter((turn) => turn === checkout).length - 1];
    return { ms, unknown: Number.NaN };
  });
  expect(turns).toEqual(["there", "here", "there", "here", "there", "here"]);
  expect(figure("ms")).toEqual({ now: 3, before: 6 });
  expect(figure("unknown")).toEqual({ now: undefined, before: undefined });

  const half = await leastInTurns(bench, { doing: "another" }, (checkout) => {
    if (checkout === "there") throw new Error("no such method");
    return { ms: 1 };
  });
  expect(half("ms")).toEqual({ now: 1, before: undefined });
  expect(failures).toEqual(["another, before: Error: no such method"]);
});
