import { defineNetwork } from "@kindling/nets";
import { ember, emberAnalysis, emberOverview, emberRelight } from "./ember.ts";
import { emberFeatures, emberOverviewPx } from "./facts.ts";
import { paper } from "./paper.ts";

/** Ember whole, and the parts that are trained and shipped. */
export const emberNetworks = {
  whole: defineNetwork(
    "ember",
    "Ember from picture to picture, at automatic light.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: ember(scope, image) }),
  ),
  overview: defineNetwork(
    "ember/overview",
    "Decides light and colour balance everywhere in the picture from a reduced copy of it.",
    paper,
    { overview: [3, emberOverviewPx, emberOverviewPx] },
    (scope, { overview }) => ({ ...emberOverview(scope.at("overview"), overview) }),
  ),
  analysis: defineNetwork(
    "ember/analysis",
    "Finds the noise, and the share of the gain that the signal bears.",
    paper,
    { image: 3, features: [emberFeatures, 1, 1] },
    (scope, { image, features }) => ({ ...emberAnalysis(scope.at("analysis"), image, features) }),
  ),
  relight: defineNetwork(
    "ember/relight",
    "Lights a restored picture, pixel by pixel.",
    paper,
    { restored: 3, gain: 1 },
    (_, { restored, gain }) => ({ enhanced: emberRelight({ restored, gain }) }),
  ),
};
