import { defineNetwork } from "@kindling/nets";
import { emberAnalysis, emberContext, emberDecoder, emberEncoder } from "./analysis.ts";
import { ember, emberOverview, emberRelight } from "./ember.ts";
import { blockPx, coarseChannels, emberFeatures, emberOverviewPx, fineChannels, gridPx } from "./facts.ts";
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
  encoder: defineNetwork(
    "ember/encoder",
    "The analysis's first part: what blocks of pixels hold.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ ...emberEncoder(scope.at("analysis"), image) }),
  ),
  context: defineNetwork(
    "ember/context",
    "The analysis's second part, at an eighth of the size: looks far around.",
    paper,
    { coarse: { channels: coarseChannels, blockPx: 2 * blockPx, gridPx }, features: [emberFeatures, 1, 1] },
    (scope, { coarse, features }) => ({ context: emberContext(scope.at("analysis"), coarse, features) }),
  ),
  decoder: defineNetwork(
    "ember/decoder",
    "The analysis's last part: finds the noise, and the share of the gain that the signal bears, in blocks of 4x4 pixels.",
    paper,
    {
      fine: { channels: fineChannels, blockPx, gridPx },
      context: { channels: coarseChannels, blockPx: 2 * blockPx, gridPx },
      features: [emberFeatures, 1, 1],
    },
    (scope, inputs) => ({ ...emberDecoder(scope.at("analysis"), inputs) }),
  ),
  relight: defineNetwork(
    "ember/relight",
    "Lights a restored picture, pixel by pixel.",
    paper,
    { restored: 3, gain: 1 },
    (_, { restored, gain }) => ({ enhanced: emberRelight({ restored, gain }) }),
  ),
};
