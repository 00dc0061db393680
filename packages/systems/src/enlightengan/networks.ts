import { type ModelForm, type RecipeSettings, variantName } from "@kindling/lab";
import { defineNetwork, type Network } from "@kindling/nets";
import {
  type EnlightenGanStructure,
  enlightenGan,
  enlightenGanDiscriminator,
  enlightenGanGenerator,
  globalDiscriminatorSize,
  localDiscriminatorSize,
  normaliserInUse,
  paperStructure,
} from "./enlightengan.ts";
import { paper } from "./paper.ts";
import { structureSettings } from "./settings.ts";

type StructureSettings = RecipeSettings<typeof structureSettings>;

/** EnlightenGAN whole, and the nets that a training sets against each other. */
export const enlightenGanNetworks = {
  whole: defineWhole("enlightengan", paperStructure),
  aligned: defineNetwork(
    "enlightengan/aligned",
    "EnlightenGAN from picture to picture, for the published weights.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: enlightenGan(scope.at("generator"), image, "align_corners") }),
  ),
  generator: defineGenerator("enlightengan", paperStructure),
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

/** The form of EnlightenGAN's models; that of an ablation has a name of its own, such as `enlightengan+attention=off`. */
export function enlightenGanForm(settings: StructureSettings): ModelForm {
  const name = variantName("enlightengan", structureSettings, settings);
  if (name === "enlightengan") {
    return { name, parts: { whole: { network: enlightenGanNetworks.whole, tiledAs: enlightenGanNetworks.generator } } };
  }
  return { name, parts: { whole: { network: defineWhole(name, settings), tiledAs: defineGenerator(name, settings) } } };
}

function defineWhole(name: string, structure: EnlightenGanStructure): Network {
  const about = "EnlightenGAN from picture to picture, for weights trained here.";
  return defineNetwork(name, about, paper, { image: 3 }, (scope, { image }) => ({
    enhanced: enlightenGan(scope.at("generator"), image, "half_pixel", structure),
  }));
}

function defineGenerator(name: string, { attention, statistics }: EnlightenGanStructure): Network {
  const about = "EnlightenGAN's generator alone, on pictures of -1 to 1 whose sides are multiples of 16.";
  const channels = { image: 3, ...(attention === "on" && { attention: 1 }) };
  return defineNetwork(`${name}/generator`, about, paper, channels, (scope, { image, attention: map }) => ({
    ...enlightenGanGenerator(scope.at("generator"), image, map, "half_pixel", normaliserInUse(statistics)),
  }));
}
