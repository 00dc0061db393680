import type { Paper } from "@kindling/core";

/** Where RetinexNet is described. */
export const paper: Paper = {
  title: "Deep Retinex Decomposition for Low-Light Enhancement",
  authors: "C. Wei, W. Wang, W. Yang, J. Liu",
  year: 2018,
  venue: "BMVC",
  id: "arXiv 1808.04560",
};
