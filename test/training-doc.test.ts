import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { systems } from "@kindling/systems";
import { expect, test } from "vitest";

const recipes = systems.map(({ recipe }) => recipe);
const page = readFileSync(fileURLToPath(new URL("../docs/TRAINING.md", import.meta.url)), "utf8");

/** The rows of the page's tables, their cells without the room around them. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim()),
  );

test.each(
  recipes.flatMap(({ network, loss }) => Object.entries(loss).map(([name, option]) => ({ network, name, option }))),
)("docs/TRAINING.md tells of $network's loss setting $name as it is", ({ network, name, option }) => {
  expect(rows).toContainEqual([`\`${network}\``, `\`${name}\``, String(option.default), option.about]);
});

test.each(recipes)("docs/TRAINING.md tells the defaults of $network's stages as they are", ({ network, stages }) => {
  for (const { name, defaults } of stages) {
    const own = rows.filter(
      ([first = ""]) =>
        first.includes(`\`${network}\``) && (stages.length === 1 || first.includes(name) || first.includes("each")),
    );
    const told = own.map(([, steps, batch, crop, rate]) => [steps, batch, crop, rate].join());
    const { steps, batch, cropPx, rate } = defaults;
    expect(told).toContain([steps.toLocaleString("en"), batch, cropPx, rate].join());
  }
});
