import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { otherRows, ownRows, sourceRows } from "../scripts/formats/format-rows.ts";
import { hasExifTool, measureFormats, outcomeOf, rowName } from "../scripts/formats/format-table.ts";

const page = readFileSync(join(fileURLToPath(new URL("..", import.meta.url)), "docs/FORMATS.md"), "utf8");
const lines = page
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) =>
    line
      .slice(1, -1)
      .split(" | ")
      .map((cell) => cell.trim()),
  );
const titles = lines.find(([first]) => first === "format") ?? [];

/** What the page says of each cell. */
function cellsOf(row: string): [column: string, told: string][] {
  const line = lines.find(([first]) => first === row) ?? [];
  return titles.slice(1).map((title, i) => [title, line[i + 1] ?? ""]);
}

const rows = [...ownRows, ...otherRows, ...sourceRows];
const canMeasure = await hasExifTool();
if (!canMeasure) console.warn("Skipping the tables of formats: ExifTool does not run here, which needs perl.");
const cells = canMeasure ? await measureFormats(rows) : [];

test("the page names nothing that is lost without a word", () => {
  expect(page).not.toContain("lost |");
  expect(lines.filter((line) => line.some((cell) => /\blost\b/.test(cell)))).toEqual([]);
});

describe.skipIf(!canMeasure).each(rows.map(rowName))("%s", (row) => {
  test.each(cellsOf(row))("%s: %s, as other programs read it", (column, told) => {
    expect(outcomeOf(cells, row, column)).toBe(told);
  });
});
