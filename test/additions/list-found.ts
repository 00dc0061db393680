// Prints what a copy of the repository finds of the additions: run there by `additions.long.test.ts`.
import * as core from "@kindling/core";
import { completeSettings, importableNames, measureResult } from "@kindling/lab";
import * as nets from "@kindling/nets";
import { operations } from "@kindling/nets/internal";
import { findSystem, networkMethods, systems } from "@kindling/systems";

const grey = (level: number) => {
  const picture = core.createPicture(16, 16, 3);
  picture.samples.fill(level);
  return picture;
};
const { recipe } = findSystem("msr-net");
const [stage] = recipe.stages;
const settings = completeSettings(recipe.settings, {});
const size = { batch: 1, cropPx: 8, optimiser: nets.adam(), settings };
const { rmse } = (await measureResult(grey(0.6), { reference: grey(0.4) })) as Readonly<Record<string, number>>;

console.log(
  JSON.stringify({
    system: networkMethods.some(({ name }) => name === "sample-net"),
    trained: findSystem("sample-net").recipe.network,
    imported: importableNames(systems).includes("sample-net"),
    systemLoss: { flat: settings["flat"] },
    terms: Object.keys(stage.build(size).steps[0].graph.outputs),
    sharedLoss: typeof (nets as Readonly<Record<string, unknown>>)["charbonnier"],
    metric: { name: "rmse", value: rmse },
    operator: operations.get("Softplus")?.type,
    classicalMethod: core.findMethod("root").name,
  }),
);
