import type { en } from "./en.ts";

/** Title and description of a method. */
export interface MethodText {
  readonly title: string;
  readonly about: string;
}

/** The texts of the page: each language has all of them, in a file of its own. */
export type Words = typeof en;
