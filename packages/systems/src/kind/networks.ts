import { defineNetwork } from "@kindling/nets";
import { type KindTone, kindAnalysis, kindBlind, kindRelight, kindWithReference } from "./assembly.ts";
import { kindAdjustment, kindDecomposition, kindRestoration } from "./kind.ts";
import { paper } from "./paper.ts";

/** The nets that KinD's stages train. */
export const kindNets = {
  decomposition: defineNetwork(
    "kind/decomposition",
    "Splits a stretched picture into reflectance and illumination. KinD++ has the same net.",
    paper,
    { image: 3 },
    (scope, { image }) => {
      const { reflectance, illumination } = kindDecomposition(scope.at("decomposition"), image);
      return { reflectance, illumination };
    },
  ),
  restoration: defineNetwork(
    "kind/restoration",
    "Removes noise and colour cast from a reflectance, guided by its illumination.",
    paper,
    { reflectance: 3, illumination: 1 },
    (scope, layers) => ({ restored: kindRestoration(scope.at("restoration"), layers) }),
  ),
  adjustment: defineNetwork(
    "kind/adjustment",
    "Brings an illumination to another light level. KinD++ has the same net.",
    paper,
    { illumination: 1, ratio: 1 },
    (scope, { illumination, ratio }) => ({ adjusted: kindAdjustment(scope.at("adjustment"), illumination, ratio) }),
  ),
};

/** KinD assembled from its nets, by the tone that these were trained in. */
export const kindWholes = {
  encoded: assemble("kind", "encoded", ""),
  root: assemble("kind+root", "root", " On square roots of encoded values, as our own weights are trained."),
};

function assemble(name: string, tone: KindTone, aboutTone: string) {
  return {
    analysis: defineNetwork(
      `${name}/analysis`,
      `Decomposition and restoration of a stretched picture: what does not depend on the light level.${aboutTone}`,
      paper,
      { image: 3 },
      (scope, { image }) => ({ ...kindAnalysis(scope, image, tone) }),
    ),
    relight: defineNetwork(
      `${name}/relight`,
      `Brings an analysed picture to a light level, the same everywhere or one for each pixel.${aboutTone}`,
      paper,
      { image: 3, reflectance: 3, illumination: 1, restored: 3, guard: 1, ratio: 1, denoise: 0, keepHighlights: 0 },
      (scope, { image, reflectance, illumination, restored, guard, ...light }) => ({
        enhanced: kindRelight(scope, image, { reflectance, illumination, restored, guard }, light, tone),
      }),
    ),
    blind: defineNetwork(
      `${name}/blind`,
      `KinD from picture to picture at a given light level.${aboutTone}`,
      paper,
      { image: 3, ratio: 0 },
      (scope, { image, ratio }) => ({ enhanced: kindBlind(scope, image, ratio, tone) }),
    ),
    withReference: defineNetwork(
      `${name}/with-reference`,
      `KinD with the light level taken from a well-lit reference, as in the paper's table.${aboutTone}`,
      paper,
      { image: 3, reference: 3 },
      (scope, { image, reference }) => ({ enhanced: kindWithReference(scope, image, reference, tone) }),
    ),
  };
}
