import { type ModelForm, type RecipeSettings, variantName } from "@kindling/lab";
import { defineNetwork, type Network } from "@kindling/nets";
import { type MsrNetStructure, msrNet, paperStructure } from "./msr-net.ts";
import { multiScaleRetinex } from "./multi-scale-retinex.ts";
import { paper } from "./paper.ts";

/** The settings of a training that decide MSR-net's graph. */
export const structureSettings = {
  v: {
    default: paperStructure.v,
    min: 1e-3,
    max: 1e6,
    most: 16,
    about: "scales of the logarithms: how many, and which",
  },
  K: {
    default: paperStructure.K,
    min: 1,
    max: 40,
    integer: true,
    about: "number of convolutions in the difference part, the surround that is subtracted",
  },
} as const;

type StructureSettings = RecipeSettings<typeof structureSettings>;

/** MSR-net, and the classical method that it imitates. */
export const msrNetNetworks = {
  whole: define("msr-net", paperStructure),
  classical: defineNetwork(
    "msr",
    "Classical multi-scale Retinex as a network without parameters.",
    paper,
    { image: 3 },
    (_, { image }) => ({ reflectance: multiScaleRetinex(image) }),
  ),
};

/** MSR-net of a structure; other structures than the paper's have names of their own, such as `msr-net+K=6`. */
export function msrNetOf(settings: StructureSettings): Network {
  const name = variantName("msr-net", structureSettings, settings);
  return name === "msr-net" ? msrNetNetworks.whole : define(name, settings);
}

/** The form of MSR-net's models of a structure. */
export function msrNetForm(settings: StructureSettings): ModelForm {
  const network = msrNetOf(settings);
  return { name: network.name, parts: { whole: { network } } };
}

function define(name: string, structure: MsrNetStructure): Network {
  return defineNetwork(name, "MSR-Net from picture to picture.", paper, { image: 3 }, (scope, { image }) => ({
    enhanced: msrNet(scope, image, structure),
  }));
}
