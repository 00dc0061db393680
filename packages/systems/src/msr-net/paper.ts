import type { Paper } from "@kindling/core";

/** Where MSR-net is described. */
export const paper: Paper = {
  title: "MSR-net: Low-light Image Enhancement Using Deep Convolutional Network",
  authors: "L. Shen, Z. Yue, F. Feng, Q. Chen, S. Liu, J. Ma",
  year: 2017,
  venue: "arXiv",
  id: "arXiv 1711.02488",
};
