import type { Paper } from "@kindling/core";

/** Where Zero-DCE is described. */
export const paper: Paper = {
  title: "Zero-Reference Deep Curve Estimation for Low-Light Image Enhancement",
  authors: "C. Guo, C. Li, J. Guo, C. C. Loy, J. Hou, S. Kwong, R. Cong",
  year: 2020,
  venue: "CVPR",
  id: "arXiv 2001.06826",
};
