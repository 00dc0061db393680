import type { en } from "./en.ts";

/** The texts of the page: each language has all of them, in a file of its own. */
export type Words = typeof en;
