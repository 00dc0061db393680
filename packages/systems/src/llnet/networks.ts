import { defineNetwork } from "@kindling/nets";
import { llnet } from "./llnet.ts";
import { paper } from "./paper.ts";

/** LLNet. */
export const llnetNetworks = {
  whole: defineNetwork("llnet", "LLNet from picture to picture.", paper, { image: 3 }, (scope, { image }) => ({
    enhanced: llnet(scope, image),
  })),
};
