import type { Paper } from "@kindling/core";

/** Where CycleGAN is described. */
export const paper: Paper = {
  title: "Unpaired Image-to-Image Translation using Cycle-Consistent Adversarial Networks",
  authors: "J.-Y. Zhu, T. Park, P. Isola, A. A. Efros",
  year: 2017,
  venue: "ICCV",
  id: "arXiv 1703.10593",
};
