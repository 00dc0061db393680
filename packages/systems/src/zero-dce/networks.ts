import { defineNetwork } from "@kindling/nets";
import { paper } from "./paper.ts";
import { zeroDce } from "./zero-dce.ts";

/** Zero-DCE. */
export const zeroDceNetworks = {
  whole: defineNetwork("zero-dce", "Zero-DCE from picture to picture.", paper, { image: 3 }, (scope, { image }) => ({
    enhanced: zeroDce(scope, image),
  })),
};
