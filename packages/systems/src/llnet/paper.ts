import type { Paper } from "@kindling/core";

/** Where LLNet is described. */
export const paper: Paper = {
  title: "LLNet: A Deep Autoencoder Approach to Natural Low-light Image Enhancement",
  authors: "K. G. Lore, A. Akintayo, S. Sarkar",
  year: 2017,
  venue: "Pattern Recognition",
  id: "arXiv 1511.03995",
};
