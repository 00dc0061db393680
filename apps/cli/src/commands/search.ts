import { readSearchSettings, searchMarkdown } from "@kindling/lab/internal";
import { KindlingError } from "@kindling/node";
import { openRunFolder, searchOnDisk } from "@kindling/node/lab";
import { findSystem, systems } from "@kindling/systems";
import type { Command } from "commander";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { parseGrid, type SearchOptions, searchOptions } from "../options/search-options.ts";
import { createSearchReporter } from "../report/search-reporter.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling search msr-net --grid K=6,10,14 lambda=1e-6,1e-5 --pairs lol --validate val --steps 1000
  kindling search msr-net --grid v=1:10:100,1:10:100:300 rate=1e-3,3e-4 --pairs lol --validate val --steps 1000 --halve
  kindling search kind --stage decomposition --grid preset=paper,ours --pairs lol --validate val --steps 500
  kindling search --resume -o search                        continues a search that was stopped

Every combination of the values is trained with the same data, seed and other options, and measured on the same validation
pairs. Lists have colons: v=1:10:100 is one value. The folder holds search.yaml (all settings), search.csv, search.html (open
it at any time), and for every combination the folder of a run: kindling enhance dark.jpg -m search/K=6,lambda=1e-6

--halve stops the worse half of the trainings after each round and continues the others for twice as many steps; the last one
or two train to the end. It needs a network of one stage, or --stage.
A training whose loss becomes infinite or not a number is marked as failed, and the search goes on. Ctrl-C saves the runs and stops.
docs/TRAINING.md describes settings and options. Exit status: 0 done, 1 the data or all trainings failed, 2 wrong usage,
130 stopped.`;

/** The options that a search which is continued may have. */
const resumable: ReadonlySet<string> = new Set<keyof SearchOptions>(["out", "jobs", "threads", "json"]);

/** Defines `kindling search`: trains a network with every combination of some settings, and compares. */
export function defineSearch(command: Command, exitWith: (status: number) => void): void {
  command
    .description(
      "Searches settings by grid: trains a network with every combination of values, and compares the results.",
    )
    .argument("[network]", systems.map(({ name }) => name).join(", "))
    .option("--resume", "continue the search in the folder of --out");
  addSchemaOptions(command, searchOptions)
    .addHelpText("after", notes)
    .action(async (network: string | undefined, { resume = false, ...values }: SearchValues) => {
      const typed = Object.keys(values).filter((name) => command.getOptionValueSource(name) === "cli");
      exitWith(await search(network, checkOptions(searchOptions, values), resume ? typed : undefined));
    });
}

type SearchValues = Record<string, unknown> & { readonly resume?: boolean };

/**
 * Searches, prints progress and table, and gives the exit status: 0, also where the signal stopped it and all was saved.
 *
 * @param resumedWith the options that were typed, where a search is continued.
 */
async function search(
  typed: string | undefined,
  { json, grid: words, ...options }: SearchOptions,
  resumedWith: readonly string[] | undefined,
): Promise<number> {
  const system = findSystem(await nameNetwork(typed, options.out, resumedWith));
  const resume = resumedWith !== undefined;
  const grid = parseGrid(words);
  const reporter = createSearchReporter(json);
  return runInterruptibly(async (signal) => {
    const started = searchOnDisk({ ...options, grid, system, resume, report: reporter.report, signal });
    const result = await started.finally(reporter.stop);
    if (!json) process.stdout.write(`\n${searchMarkdown(result)}\n`);
    for (const { name, message } of result.trials) {
      if (message !== undefined) process.stderr.write(`failed: ${name}: ${message}\n`);
    }
    return result.trials.every(({ state }) => state === "failed") ? 1 : 0;
  });
}

async function nameNetwork(
  typed: string | undefined,
  out: string,
  resumedWith: readonly string[] | undefined,
): Promise<string> {
  const other = resumedWith?.find((name) => !resumable.has(name));
  if (other !== undefined) {
    throw new KindlingError(
      "invalid-option",
      `--${other}: a search that is continued keeps its settings. Leave it out.`,
    );
  }
  const network = typed ?? (resumedWith && (await readSearchSettings(openRunFolder(out))).network);
  if (network !== undefined) return network;
  throw new KindlingError("invalid-option", "network: name one, such as kindling search msr-net.");
}
