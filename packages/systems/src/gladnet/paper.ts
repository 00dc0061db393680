import type { Paper } from "@kindling/core";

/** Where GLADNet is described. */
export const paper: Paper = {
  title: "GLADNet: Low-Light Enhancement Network with Global Awareness",
  authors: "W. Wang, C. Wei, W. Yang, J. Liu",
  year: 2018,
  venue: "FG",
};
