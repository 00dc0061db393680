import type { Feed, RecipeOption, TrainingRecipe, TrainingStage } from "@kindling/lab";
import { formatSettingValue } from "@kindling/lab/internal";
import { systems } from "@kindling/systems";
import { alignedTable } from "./aligned-table.ts";

const recipes = systems.map(({ recipe }) => recipe);

/** What `kindling train` takes for each kind of data. */
const dataOptions: Readonly<Record<TrainingRecipe["data"], string>> = {
  pairs: "`--pairs`",
  exposures: "`--pairs`; any two exposures of a scene, also of brackets with more than two",
  unpaired: "`--dark` and `--normal`, of different scenes; both photos of `--pairs` are added to them",
};

/** The data and the stages of each network's training. */
export function recipeTable(): string {
  const rows = recipes.map(({ network, data, stages }) => [
    `\`${network}\``,
    dataOptions[data],
    stages.length === 1 ? "one" : stages.map(({ name }) => `\`${name}\``).join(", "),
  ]);
  return alignedTable(["network", "data", "stages"], rows);
}

/** What every stage trains, and its defaults. */
export function stageTable(): string {
  const head = ["stage", "steps", "batch", "crop px", "at least", "rate", "schedule, %", "what it trains"];
  const rows = everyStage(({ about, defaults, leastCropPx, schedule }) => {
    const { steps, batch, cropPx, rate } = defaults;
    const rateAt = schedule(rate, steps);
    const shares = [0, 0.25, 0.5, 0.75, 1].map((share) => (100 * rateAt(Math.floor(share * (steps - 1)))) / rate);
    const numbers = [batch, cropPx, leastCropPx, rate].map(String);
    return [steps.toLocaleString("en"), ...numbers, shares.map((share) => share.toFixed(0)).join(", "), about];
  });
  return alignedTable(head, rows, head.slice(1, -1));
}

/** What a step of every stage is fed. */
export function feedTable(): string {
  const rows = everyStage(({ feeds }) => [
    Object.entries(feeds)
      .map(([input, feed]) => `\`${input}: ${feedCall(feed)}\``)
      .join(", "),
  ]);
  return alignedTable(["stage", "feeds"], rows);
}

/** The settings of every network that has some. */
export function settingTable(): string {
  const rows = recipes.flatMap(({ network, settings }) =>
    Object.entries(settings).map(([name, option]) => [
      `\`${network}\``,
      `\`${name}\``,
      formatSettingValue(option.default),
      valuesOf(option),
      option.about,
    ]),
  );
  return alignedTable(["network", "setting", "default", "values", "what it is"], rows);
}

function everyStage(cellsOf: (stage: TrainingStage) => string[]): string[][] {
  return recipes.flatMap(({ network, stages }) =>
    stages.map((stage) => {
      const name = stages.length === 1 ? `\`${network}\`` : `\`${network}\` \`${stage.name}\``;
      return [name, ...cellsOf(stage)];
    }),
  );
}

function valuesOf(option: RecipeOption): string {
  if ("choices" in option) return option.choices.join(", ");
  return `${"most" in option ? `1 to ${option.most} numbers, ` : ""}${option.min} to ${option.max}`;
}

/** The call that declares a feed. */
function feedCall(feed: Feed): string {
  switch (feed.kind) {
    case "crop":
      return feed.darkened ? "darkenedCrop()" : `crop("${feed.of}")`;
    case "whole":
      return `whole("${feed.of}", ${feed.sidePx}${feed.sampling === "area" ? "" : `, "${feed.sampling}"`})`;
    case "place":
      return `${feed.axis}In(${feed.sidePx}${feed.sampling === "nearest" ? "" : `, "${feed.sampling}"`})`;
    case "coin":
      return "coin()";
    case "uniform":
      return "uniform()";
  }
}
