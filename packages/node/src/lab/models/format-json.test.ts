import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { formatJson } from "./format-json.ts";

const models = fileURLToPath(new URL("../../../../../models", import.meta.url));
const files = readdirSync(models, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".json") && basename(path) !== "package.json",
);

test.each(files)("%s, which the formatter has seen, stays as it is", (file) => {
  const text = readFileSync(join(models, file), "utf8");
  expect(formatJson(JSON.parse(text))).toBe(text);
});

test("an array of numbers fills lines, one that fits is one line, with room for a comma only where one follows", () => {
  const numbers = (count: number) => Array.from({ length: count }, () => 1.5);
  expect(formatJson({ a: [...numbers(21), 12.125] }).split("\n")[1]).toHaveLength(120);
  expect(formatJson({ a: [...numbers(21), 12.125], b: 1 }).split("\n")[1]).toBe('  "a": [');
  const filled = formatJson({ long: numbers(50) }).split("\n");
  expect(filled.slice(2, -3).map((line) => line.length)).toEqual([118, 118, 22]);
  expect(formatJson({ none: [], empty: {}, left: undefined, text: "a" })).toBe(
    '{\n  "none": [],\n  "empty": {},\n  "text": "a"\n}\n',
  );
});
