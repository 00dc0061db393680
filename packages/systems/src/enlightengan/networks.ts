import { defineNetwork } from "@kindling/nets";
import {
  enlightenGan,
  enlightenGanDiscriminator,
  enlightenGanGenerator,
  globalDiscriminatorSize,
  localDiscriminatorSize,
} from "./enlightengan.ts";
import { paper } from "./paper.ts";

/** EnlightenGAN whole, and the nets that a training sets against each other. */
export const enlightenGanNetworks = {
  whole: defineNetwork(
    "enlightengan",
    "EnlightenGAN from picture to picture, for weights trained here.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: enlightenGan(scope.at("generator"), image, "half_pixel") }),
  ),
  aligned: defineNetwork(
    "enlightengan/aligned",
    "EnlightenGAN from picture to picture, for the published weights.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: enlightenGan(scope.at("generator"), image, "align_corners") }),
  ),
  generator: defineNetwork(
    "enlightengan/generator",
    "EnlightenGAN's generator alone, on pictures of -1 to 1 whose sides are multiples of 16.",
    paper,
    { image: 3, attention: 1 },
    (scope, { image, attention }) => ({
      ...enlightenGanGenerator(scope.at("generator"), image, attention, "half_pixel"),
    }),
  ),
  globalDiscriminator: defineNetwork(
    "enlightengan/global-discriminator",
    "Scores whole pictures of 320x320.",
    paper,
    { image: 3 },
    (scope, { image }) => ({
      scores: enlightenGanDiscriminator(scope.at("global-discriminator"), image, globalDiscriminatorSize),
    }),
  ),
  localDiscriminator: defineNetwork(
    "enlightengan/local-discriminator",
    "Scores patches of 32x32.",
    paper,
    { image: 3 },
    (scope, { image }) => ({
      scores: enlightenGanDiscriminator(scope.at("local-discriminator"), image, localDiscriminatorSize),
    }),
  ),
};
