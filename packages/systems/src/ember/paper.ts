import type { Paper } from "@kindling/core";

/** Where Ember is described. */
export const paper: Paper = {
  title: "Ember: light for every place and tone of a photo, in real time",
  authors: "the Kindling contributors",
  year: 2026,
  venue: "docs/EMBER.md",
};
