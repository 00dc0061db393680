import { expect, test } from "vitest";
import { escapeFormula, unescapeFormula } from "./csv-cells.ts";

test.each(["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "＝1"])(
  "a spreadsheet takes %j for text, and it comes back",
  (cell) => {
    expect(escapeFormula(cell)).toBe(`'${cell}`);
    expect(unescapeFormula(escapeFormula(cell))).toBe(cell);
  },
);

test.each(["", "a=b", "-2.5", "+1e3", "-Infinity", "low/-a.jpg", "'quoted'"])("%j stays", (cell) => {
  expect(escapeFormula(cell)).toBe(cell);
  expect(unescapeFormula(cell)).toBe(cell);
});
