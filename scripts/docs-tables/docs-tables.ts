import { classicalTable, methodTable } from "./method-tables.ts";
import { importTable, networkTable } from "./network-tables.ts";
import { feedTable, recipeTable, settingTable, stageTable } from "./training-tables.ts";

/** A table that is made from the code. */
type MakeTable = () => string | Promise<string>;

/** The pages with tables made from the code, and the tables by the names in their markers. */
export const docsTables: Readonly<Record<string, Readonly<Record<string, MakeTable>>>> = {
  "docs/METHODS.md": { networks: methodTable, "classical-methods": classicalTable },
  "docs/NETWORKS.md": { networks: networkTable, imports: importTable },
  "docs/TRAINING.md": { recipes: recipeTable, stages: stageTable, feeds: feedTable, settings: settingTable },
};

/**
 * A page with its tables made anew, each between `<!-- begin: name -->` and `<!-- end: name -->`.
 *
 * @throws {Error} where the page lacks the markers of a table.
 */
export async function fillTables(page: string, tables: Readonly<Record<string, MakeTable>>): Promise<string> {
  let filled = page;
  for (const [name, makeTable] of Object.entries(tables)) {
    const [begin, end] = [`<!-- begin: ${name} -->`, `<!-- end: ${name} -->`];
    const [from, to] = [filled.indexOf(begin), filled.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The page lacks ${begin} and, after it, ${end}.`);
    filled = `${filled.slice(0, from + begin.length)}\n\n${await makeTable()}\n\n${filled.slice(to)}`;
  }
  return filled;
}
