import type { Paper } from "@kindling/core";

/** Where HDRNet is described. */
export const paper: Paper = {
  title: "Deep Bilateral Learning for Real-Time Image Enhancement",
  authors: "M. Gharbi, J. Chen, J. T. Barron, S. W. Hasinoff, F. Durand",
  year: 2017,
  venue: "SIGGRAPH",
  id: "arXiv 1707.02880",
};
