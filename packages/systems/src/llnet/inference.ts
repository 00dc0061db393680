import type { NetworkMethod } from "@kindling/core";
import { pictureNetwork } from "@kindling/core/internal";
import { paper } from "./paper.ts";

/** LLNet: one network from picture to picture, which enhances overlapping patches by themselves. */
export const llnet: NetworkMethod = {
  ...pictureNetwork("llnet", 6000),
  paper,
  duration: "eight times the work of KinD for every pixel",
};
