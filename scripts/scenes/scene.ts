import type { Picture } from "@kindling/node";
import type { Levels } from "./measures/levels.ts";

/** What is measured on a scene before and after, and between which limits it has to lie. */
export interface Check {
  /** What is measured, as a line of the table has it. */
  readonly name: string;
  /** A sign behind the figure, such as %, with its space. */
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly measure: (before: Levels, after: Levels) => number;
}

/** A photo that is hard to light. */
export interface Scene {
  /** Name of its pictures, in kebab-case. */
  readonly name: string;
  readonly title: string;
  /** What it shows and what a good result is. */
  readonly about: string;
  /** Repository and licence of a photograph; left out for what is drawn. */
  readonly source?: string;
  readonly checks: readonly Check[];
  readonly open: () => Promise<Picture> | Picture;
}
