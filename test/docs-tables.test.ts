import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findSystem } from "@kindling/systems";
import { expect, test } from "vitest";
import { docsTables, fillTables } from "../scripts/docs-tables/docs-tables.ts";
import { runKindling } from "./support/run-kindling.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (page: string) => readFileSync(join(root, page), "utf8");

test.each(Object.entries(docsTables))(
  "the tables of %s are those that `npm run docs-tables` writes",
  async (page, tables) => {
    const text = read(page);
    expect(text).toBe(await fillTables(text, tables));
  },
);

test("a page without the markers of a table is refused by the table's name", async () => {
  await expect(fillTables("no marker", { networks: () => "" })).rejects.toThrow("<!-- begin: networks -->");
});

test("a table between its markers is replaced, and nothing else", async () => {
  const page = "before\n<!-- begin: a -->\nold\n<!-- end: a -->\nafter";
  expect(await fillTables(page, { a: () => "new" })).toBe("before\n<!-- begin: a -->\n\nnew\n\n<!-- end: a -->\nafter");
});

test("docs/EMBER.md explains every term of Ember's loss with its default weight", () => {
  const { settings } = findSystem("ember").recipe;
  const listed = [...read("docs/EMBER.md").matchAll(/^\| `(\w+)` +\| +([\d.]+) \|/gm)].map(([, name, weight]) => [
    name,
    weight,
  ]);
  expect(listed).toEqual(Object.entries(settings).map(([name, option]) => [name, String(option.default)]));
});

test("docs/SYNTH.md names every range of the camera with its default", async () => {
  const { stdout } = await runKindling(["synth", "--help"]);
  const ranges = [
    ...stdout.replaceAll(/\s+/g, " ").matchAll(/(--[\w-]+) <range> .*?default:? "?([\d.e-]+\.\.[\d.e-]+)/g),
  ];
  expect(ranges.length).toBeGreaterThanOrEqual(8);
  for (const [, flag, initial] of ranges) expect(read("docs/SYNTH.md")).toContain(`\`${flag} ${initial}\``);
});
