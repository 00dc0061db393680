import type { Paper } from "@kindling/core";

/** Where SID is described. */
export const paper: Paper = {
  title: "Learning to See in the Dark",
  authors: "C. Chen, Q. Chen, J. Xu, V. Koltun",
  year: 2018,
  venue: "CVPR",
  id: "arXiv 1805.01934",
};
