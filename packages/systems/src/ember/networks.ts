import { defineNetwork } from "@kindling/nets";
import { ember, emberAnalysis, emberOverview, emberRelight } from "./ember.ts";
import { emberFeatures, emberOverviewPx } from "./facts.ts";
import { paper } from "./paper.ts";

/** Ember whole, and the parts that are trained and shipped. */
export const emberNetworks = {
  whole: defineNetwork(
    "ember",
    "Ember from picture to picture, at the light level it predicts.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: ember(scope, image) }),
  ),
  overview: defineNetwork(
    "ember/overview",
    "Describes the whole picture from a reduced copy, and predicts its light level.",
    paper,
    { overview: [3, emberOverviewPx, emberOverviewPx] },
    (scope, { overview }) => ({ ...emberOverview(scope.at("overview"), overview) }),
  ),
  analysis: defineNetwork(
    "ember/analysis",
    "Restored reflectance, illumination and response: what does not depend on the light level.",
    paper,
    { image: 3, features: [emberFeatures, 1, 1] },
    (scope, { image, features }) => ({ ...emberAnalysis(scope.at("analysis"), image, features) }),
  ),
  relight: defineNetwork(
    "ember/relight",
    "Brings an analysed picture to a light level, pixel by pixel.",
    paper,
    { reflectance: 3, illumination: 1, response: 1, ratio: 1 },
    (_, { ratio, ...analysis }) => ({ enhanced: emberRelight(analysis, ratio) }),
  ),
};
