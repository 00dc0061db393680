import type { Paper } from "@kindling/core";

/** Where EnlightenGAN is described. */
export const paper: Paper = {
  title: "EnlightenGAN: Deep Light Enhancement without Paired Supervision",
  authors: "Y. Jiang, X. Gong, D. Liu, Y. Cheng, C. Fang, X. Shen, J. Yang, P. Zhou, Z. Wang",
  year: 2021,
  venue: "IEEE Transactions on Image Processing",
  id: "arXiv 1906.06972",
};
