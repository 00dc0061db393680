import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/** LLNet: one network from picture to picture, which enhances overlapping patches by themselves. */
export const llnet: NetworkMethod = {
  ...pictureNetwork("llnet", 6000),
  paper,
  withoutWeights: "To compare with: the first deep network for dark photos, an autoencoder of patches of 17 px.",
  duration: "eight times the work of KinD for every pixel",
};
