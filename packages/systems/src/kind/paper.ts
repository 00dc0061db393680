import type { Paper } from "@kindling/core";

/** Where KinD is described. */
export const paper: Paper = {
  title: "Kindling the Darkness: A Practical Low-light Image Enhancer",
  authors: "Y. Zhang, J. Zhang, X. Guo",
  year: 2019,
  venue: "ACM Multimedia",
  id: "arXiv 1905.04161",
};
