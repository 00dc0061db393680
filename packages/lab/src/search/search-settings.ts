import { KindlingError } from "@kindling/core";
import { stringify } from "yaml";
import { checkTrainingOptions } from "../training/read-run-settings.ts";
import { parseRunSettings } from "../training/run-settings.ts";
import type { RunStore } from "../training/run-store.ts";
import type { TrainingOptions } from "../training/training-plan.ts";
import type { SearchGrid } from "./search-grid.ts";
import { type SearchMeasure, searchMeasures } from "./trial-record.ts";

/** The file of a search that holds all its settings. */
export const searchFile = "search.yaml";

/** The settings that a search keeps. */
export interface SearchSettings {
  /** Name of the system that is trained. */
  readonly network: string;
  readonly grid: SearchGrid;
  /** What trials are compared by. */
  readonly by: SearchMeasure;
  /** Whether the worse half is dropped after each round. */
  readonly halve: boolean;
  /** The options that all trainings have. */
  readonly options: Partial<TrainingOptions>;
}

/** Formats the settings of a search as YAML, complete enough to continue it. */
export function formatSearchSettings({ network, grid, by, halve, options }: SearchSettings): string {
  return stringify({ network, grid, by, halve, training: options });
}

/**
 * Reads the settings of a search.
 *
 * @throws {KindlingError} `not-found` where the store holds no search; `invalid-option` for a file that is not YAML or holds
 * other values, naming the file.
 */
export async function readSearchSettings(store: RunStore): Promise<SearchSettings> {
  const path = store.locate(searchFile);
  const bytes = await store.read(searchFile);
  if (!bytes) {
    throw new KindlingError(
      "not-found",
      `${path}: there is no search to continue. Check --out, or leave out --resume.`,
    );
  }
  const { network, grid, by, halve, training } = mapOf(parseRunSettings(new TextDecoder().decode(bytes), path));
  const fault = (name: string, expected: string) =>
    new KindlingError("invalid-option", `${path}: ${name}: expected ${expected}.`);
  if (typeof network !== "string") throw fault("network", "a text");
  const isGrid = Object.values(mapOf(grid)).every((values) => Array.isArray(values));
  if (!isGrid || Object.keys(mapOf(grid)).length === 0) throw fault("grid", "lists of values by name");
  const measure = searchMeasures.find((name) => name === by);
  if (measure === undefined) throw fault("by", searchMeasures.join(", "));
  if (typeof halve !== "boolean") throw fault("halve", "true or false");
  const options = checkTrainingOptions(mapOf(training), path);
  return { network, grid: grid as SearchGrid, by: measure, halve, options };
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
