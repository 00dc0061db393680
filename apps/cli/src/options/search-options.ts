import { parseSettingValue, type SearchGrid, type SettingValue } from "@kindling/lab";
import { searchMeasures } from "@kindling/lab/internal";
import { parseWord, wholeNumber } from "@kindling/node/internal";
import { z } from "zod";
import { trainOptions } from "./train-options.ts";

/**
 * Parses the values to try, as they are typed: `K=6,10,14`.
 *
 * @throws {KindlingError} `invalid-option` for words of another form.
 */
export function parseGrid(words: readonly string[]): SearchGrid {
  return Object.fromEntries(words.map(parseAxis));
}

function parseAxis(text: string): [name: string, values: SettingValue[]] {
  const [name, values] = parseWord(text, "--grid", "name=values, such as K=6,10,14 or v=1:10,1:10:100");
  return [name, values.split(",").map((value) => parseSettingValue(value.trim()))];
}

/** The options of `kindling search`: its own, and those of `kindling train`. */
export const searchOptions = z.strictObject({
  grid: z.array(z.string()).default([]).meta({
    flags: "-g, --grid <name=values...>",
    description:
      "the values to try of each setting of the network, preset or numeric option, such as K=6,10,14 rate=1e-3,1e-4",
  }),
  by: z
    .enum(searchMeasures, { error: `expected ${searchMeasures.join(", ")}` })
    .default("psnr")
    .meta({ flags: "--by <measure>", description: `what trainings are compared by: ${searchMeasures.join(", ")}` }),
  halve: z.boolean().default(false).meta({
    flags: "--halve",
    description: "train in rounds, each twice as long, and drop the worse half after each",
  }),
  out: z.string().default("search").meta({ flags: "-o, --out <folder>", description: "folder of the search" }),
  jobs: wholeNumber(1, 64).default(1).meta({ flags: "-j, --jobs <n>", description: "trainings at the same time" }),
  threads: wholeNumber(1, 256).optional().meta({
    flags: "--threads <n>",
    description: "CPU threads of each training (default: those of the machine, divided by --jobs)",
  }),
  ...trainOptions.omit({ out: true, threads: true }).shape,
});

/** Checked options of `kindling search`. */
export type SearchOptions = z.infer<typeof searchOptions>;
