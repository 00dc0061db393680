import { defineNetwork } from "@kindling/nets";
import { gladnetFeatures } from "./facts.ts";
import { gladnet, gladnetDetail, gladnetGlobal } from "./gladnet.ts";
import { paper } from "./paper.ts";

/** GLADNet whole, and its two branches. */
export const gladnetNetworks = {
  whole: defineNetwork("gladnet", "GLADNet from picture to picture.", paper, { image: 3 }, (scope, { image }) => ({
    enhanced: gladnet(scope, image),
  })),
  global: defineNetwork(
    "gladnet/global",
    "GLADNet's global branch: features of the whole picture at 96x96.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ features: gladnetGlobal(scope, image) }),
  ),
  detail: defineNetwork(
    "gladnet/detail",
    "GLADNet's detail branch: the result from the picture and the global features.",
    paper,
    { image: 3, features: gladnetFeatures },
    (scope, { image, features }) => ({ enhanced: gladnetDetail(scope, image, features) }),
  ),
};
