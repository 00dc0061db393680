import { availableParallelism } from "node:os";
import { KindlingError } from "@kindling/core";
import type { SearchEvent, SearchGrid, SearchMeasure, SearchResult, System, TrainingOptions } from "@kindling/lab";
import {
  checkpointFile,
  formatSearchSettings,
  planSearch,
  readSearchSettings,
  runSearch,
  type SearchSettings,
  searchCsv,
  searchFile,
  searchPage,
} from "@kindling/lab/internal";
import { version } from "../../version.ts";
import { readPageScripts } from "../pages/read-page-scripts.ts";
import { diskPhotos } from "../training/disk-photos.ts";
import { openRunFolder } from "../training/open-run-folder.ts";
import { resolvePaths } from "../training/resolve-paths.ts";
import { trialRuns } from "./trial-runs.ts";

/** A search on files. One that is continued takes all but `jobs` and `threads` from its folder. */
export interface DiskSearch extends Partial<TrainingOptions> {
  /** The system to train. */
  readonly system: System;
  /** Folder of the search: settings, table, report, and the run of every trial. */
  readonly out: string;
  /** The values to try of each setting: settings of the recipe, `preset`, or numeric options of a training. */
  readonly grid?: SearchGrid | undefined;
  /** What trainings are compared by; default `psnr`. */
  readonly by?: SearchMeasure | undefined;
  /** Train in rounds, and drop the worse half after each; default false. */
  readonly halve?: boolean | undefined;
  /** Number of trainings at the same time; default 1. */
  readonly jobs?: number | undefined;
  /** Continue the search in the folder; default false. */
  readonly resume?: boolean | undefined;
  readonly report?: ((event: SearchEvent) => void) | undefined;
  /** Abort it to stop the trainings after their present step. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Searches hyper-parameters by grid: trains a system once for every combination of values, and compares the trainings on
 * validation pairs. The folder gets `search.yaml`, `search.csv`, `search.html`, and a folder for every training, which is a
 * run like any other.
 *
 * @returns the outcome, unfinished where the signal stopped it, so that `resume` can continue it.
 * @throws {KindlingError} `exists` where the folder already holds a search; `invalid-option` for a grid that does not fit the
 * system; what `trainOnDisk` throws, but for losses that become no number: such a trial is marked as failed.
 * @example
 * const grid = { K: [6, 10, 14], lambda: [1e-6, 1e-5] };
 * const data = { pairs: ["lol"], validate: "val", steps: 500 };
 * const { trials } = await searchOnDisk({ system, out: "search", grid, ...data, halve: true, signal });
 * console.log(`best: ${trials[0]?.name}`);
 */
export async function searchOnDisk(search: DiskSearch): Promise<SearchResult> {
  const { system, out, grid, by, halve, jobs = 1, resume = false, report, signal, ...options } = search;
  const store = openRunFolder(out);
  const settings = resume
    ? await readSearchSettings(store)
    : makeSettings(system, { grid, by, halve }, resolvePaths(options));
  if (settings.network !== system.name) {
    throw new KindlingError(
      "invalid-option",
      `network: the search in ${out} trains ${settings.network}, not ${system.name}.`,
    );
  }
  const plan = await planSearch(system, settings, diskPhotos);
  const checkpoints = plan.trials.map(({ name }) => `${name}/${checkpointFile}`);
  for (const file of resume ? [] : [searchFile, ...checkpoints]) {
    if ((await store.read(file)) === undefined) continue;
    throw new KindlingError(
      "exists",
      `${out}: there is a search in this folder. Continue it by --resume, or choose another --out.`,
    );
  }
  const config = formatSearchSettings(settings);

  const scripts = await readPageScripts();
  const save = async (result: SearchResult, isRunning: boolean) => {
    await store.write(csvFile, searchCsv(result));
    await store.write(pageFile, searchPage({ result, config, version, isRunning }, scripts));
  };
  const threads = options.threads ?? Math.max(1, Math.floor(availableParallelism() / jobs));
  const result = await runSearch(plan, {
    // A search whose data cannot be read leaves nothing.
    trainer: trialRuns(out, system, threads, () => store.write(searchFile, config)),
    save: (outcome) => save(outcome, true),
    ...{ jobs, report, signal },
  });
  await save(result, false);
  for (const file of [csvFile, pageFile]) report?.({ event: "written", file: store.locate(file) });
  const best = result.trials.find(({ validations }) => validations.length > 0);
  report?.({ event: "end", finished: result.isFinished, best: best && store.locate(best.name), out });
  return result;
}

const [csvFile, pageFile] = ["search.csv", "search.html"] as const;

function makeSettings(
  { name }: System,
  { grid = {}, by = "psnr", halve = false }: Pick<DiskSearch, "grid" | "by" | "halve">,
  options: Partial<TrainingOptions>,
): SearchSettings {
  // Threads decide nothing that is compared: each run keeps its own number.
  const { threads: _, ...shared } = options;
  return { network: name, grid, by, halve, options: shared };
}
