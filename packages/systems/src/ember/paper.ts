import type { Paper } from "@kindling/core";

/** Where Ember is described. */
export const paper: Paper = {
  title: "Ember: KinD's factoring in real time",
  authors: "the Kindling contributors",
  year: 2026,
  venue: "docs/EMBER.md",
};
