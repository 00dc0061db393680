import { KindlingError, type Paper } from "@kindling/core";
import { createGraph } from "../graph/graph.ts";
import { createScope, type Scope } from "../graph/scope.ts";
import { input, type Tensor } from "../graph/tensor.ts";
import { ember, emberAnalysis, emberFeatures, emberOverview, emberOverviewPx, emberRelight } from "./ember.ts";
import { enlightenGan, enlightenGanDiscriminator, enlightenGanGenerator } from "./enlightengan.ts";
import { gladnet, gladnetDetail, gladnetGlobal } from "./gladnet.ts";
import { kindAdjustment, kindDecomposition, kindRestoration, type Layers } from "./kind.ts";
import { type KindTone, kindAnalysis, kindBlind, kindRelight, kindWithReference } from "./kind-inference.ts";
import { multiScaleRetinex } from "./msr.ts";
import { msrNet } from "./msr-net.ts";
import { anySize, type Network } from "./network.ts";
import { retinexNet, retinexNetDecomposition, retinexNetPort, retinexNetRelight } from "./retinex-net.ts";

const kindPaper: Paper = {
  title: "Kindling the Darkness: A Practical Low-light Image Enhancer",
  authors: "Y. Zhang, J. Zhang, X. Guo",
  year: 2019,
  venue: "ACM Multimedia",
  id: "arXiv 1905.04161",
};
const gladnetPaper: Paper = {
  title: "GLADNet: Low-Light Enhancement Network with Global Awareness",
  authors: "W. Wang, C. Wei, W. Yang, J. Liu",
  year: 2018,
  venue: "FG",
};
const msrNetPaper: Paper = {
  title: "MSR-net: Low-light Image Enhancement Using Deep Convolutional Network",
  authors: "L. Shen, Z. Yue, F. Feng, Q. Chen, S. Liu, J. Ma",
  year: 2017,
  venue: "arXiv",
  id: "arXiv 1711.02488",
};
const enlightenGanPaper: Paper = {
  title: "EnlightenGAN: Deep Light Enhancement without Paired Supervision",
  authors: "Y. Jiang, X. Gong, D. Liu, Y. Cheng, C. Fang, X. Shen, J. Yang, P. Zhou, Z. Wang",
  year: 2021,
  venue: "IEEE Transactions on Image Processing",
  id: "arXiv 1906.06972",
};
const retinexNetPaper: Paper = {
  title: "Deep Retinex Decomposition for Low-Light Enhancement",
  authors: "C. Wei, W. Wang, W. Yang, J. Liu",
  year: 2018,
  venue: "BMVC",
  id: "arXiv 1808.04560",
};

const emberPaper: Paper = {
  title: "Ember: KinD's factoring in real time",
  authors: "the Kindling contributors",
  year: 2026,
  venue: "docs/EMBER.md",
};

/** Channels of each input picture, by name; 0 for a single number; or the sides after the batch. */
type InputChannels = Readonly<Record<string, number | readonly [number, number, number]>>;
type Inputs<Channels extends InputChannels> = { readonly [Name in keyof Channels]: Tensor };

function network<const Channels extends InputChannels>(
  name: string,
  about: string,
  paper: Paper,
  channels: Channels,
  outputs: (scope: Scope, inputs: Inputs<Channels>) => Readonly<Record<string, Tensor>>,
): Network {
  return {
    name,
    about,
    paper,
    build({ batch, height, width } = anySize) {
      const inputs = Object.fromEntries(
        Object.entries(channels).map(([key, count]) => [
          key,
          input(key, count === 0 ? [1] : typeof count === "number" ? [batch, count, height, width] : [batch, ...count]),
        ]),
      ) as Inputs<Channels>;
      return createGraph(name, Object.values(inputs), outputs(createScope(), inputs));
    },
  };
}

const layersOf = ({ reflectance, illumination }: Layers) => ({ reflectance, illumination });

/** KinD put together from its nets, for the tone that these were trained in. */
function kindSystem(name: string, tone: KindTone, aboutTone: string): readonly Network[] {
  return [
    network(
      `${name}/analysis`,
      `Decomposition and restoration of a stretched picture: what does not depend on the light level.${aboutTone}`,
      kindPaper,
      { image: 3 },
      (scope, { image }) => ({ ...kindAnalysis(scope, image, tone) }),
    ),
    network(
      `${name}/relight`,
      `Brings a stretched picture that was analysed to a light level, the same everywhere or not.${aboutTone}`,
      kindPaper,
      { image: 3, reflectance: 3, illumination: 1, restored: 3, guard: 1, ratio: 1, denoise: 0, keepHighlights: 0 },
      (scope, { image, reflectance, illumination, restored, guard, ...light }) => ({
        enhanced: kindRelight(scope, image, { reflectance, illumination, restored, guard }, light, tone),
      }),
    ),
    network(
      `${name}/blind`,
      `KinD from picture to picture at a given light level.${aboutTone}`,
      kindPaper,
      { image: 3, ratio: 0 },
      (scope, { image, ratio }) => ({ enhanced: kindBlind(scope, image, ratio, tone) }),
    ),
    network(
      `${name}/with-reference`,
      `KinD with the light level taken from a well-lit reference, as in the paper's table.${aboutTone}`,
      kindPaper,
      { image: 3, reference: 3 },
      (scope, { image, reference }) => ({ enhanced: kindWithReference(scope, image, reference, tone) }),
    ),
  ];
}

/** Every network that can be built, with the parts of it that run or are trained by themselves. */
export const networks: readonly Network[] = [
  network(
    "ember",
    "Ember from picture to picture, at the light it chooses.",
    emberPaper,
    { image: 3 },
    (scope, { image }) => ({
      enhanced: ember(scope, image),
    }),
  ),
  network(
    "ember/overview",
    "Looks at the whole picture, reduced: what kind of picture it is, and how light it should be.",
    emberPaper,
    { overview: [3, emberOverviewPx, emberOverviewPx] },
    (scope, { overview }) => ({ ...emberOverview(scope.at("overview"), overview) }),
  ),
  network(
    "ember/analysis",
    "Restored reflectance, illumination and how it answers to light: what does not depend on the light level.",
    emberPaper,
    { image: 3, features: [emberFeatures, 1, 1] },
    (scope, { image, features }) => ({ ...emberAnalysis(scope.at("analysis"), image, features) }),
  ),
  network(
    "ember/relight",
    "Brings an analysed picture to a light level, pixel by pixel.",
    emberPaper,
    { reflectance: 3, illumination: 1, response: 1, ratio: 1 },
    (_, { ratio, ...analysis }) => ({ enhanced: emberRelight(analysis, ratio) }),
  ),
  network(
    "kind/decomposition",
    "Splits a stretched picture into reflectance and illumination. KinD++ has the same net.",
    kindPaper,
    { image: 3 },
    (scope, { image }) => layersOf(kindDecomposition(scope.at("decomposition"), image)),
  ),
  network(
    "kind/restoration",
    "Takes noise and colour cast off a reflectance, guided by its illumination.",
    kindPaper,
    { reflectance: 3, illumination: 1 },
    (scope, layers) => ({ restored: kindRestoration(scope.at("restoration"), layers) }),
  ),
  network(
    "kind/adjustment",
    "Brings an illumination to another light level. KinD++ has the same net.",
    kindPaper,
    { illumination: 1, ratio: 1 },
    (scope, { illumination, ratio }) => ({ adjusted: kindAdjustment(scope.at("adjustment"), illumination, ratio) }),
  ),
  ...kindSystem("kind", "encoded", ""),
  ...kindSystem("kind+root", "root", " On square roots of encoded values, as our own weights are trained."),
  network("gladnet", "GLADNet from picture to picture.", gladnetPaper, { image: 3 }, (scope, { image }) => ({
    enhanced: gladnet(scope, image),
  })),
  network(
    "gladnet/global",
    "GLADNet's global branch: features of the whole picture at 96x96.",
    gladnetPaper,
    { image: 3 },
    (scope, { image }) => ({ features: gladnetGlobal(scope, image) }),
  ),
  network(
    "gladnet/detail",
    "GLADNet's detail branch: the picture redone with global features beside it.",
    gladnetPaper,
    { image: 3, features: 64 },
    (scope, { image, features }) => ({ enhanced: gladnetDetail(scope, image, features) }),
  ),
  network("msr-net", "MSR-net from picture to picture.", msrNetPaper, { image: 3 }, (scope, { image }) => ({
    enhanced: msrNet(scope, image),
  })),
  network(
    "msr",
    "Classical multi-scale Retinex as a network without parameters.",
    msrNetPaper,
    { image: 3 },
    (_, { image }) => ({
      reflectance: multiScaleRetinex(image),
    }),
  ),
  network(
    "enlightengan",
    "EnlightenGAN from picture to picture, for weights trained here.",
    enlightenGanPaper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: enlightenGan(scope.at("generator"), image, "half_pixel") }),
  ),
  network(
    "enlightengan/aligned",
    "EnlightenGAN from picture to picture, for the published weights.",
    enlightenGanPaper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: enlightenGan(scope.at("generator"), image, "align_corners") }),
  ),
  network(
    "enlightengan/generator",
    "EnlightenGAN's generator alone, on pictures of -1 to 1 whose sides are multiples of 16.",
    enlightenGanPaper,
    { image: 3, attention: 1 },
    (scope, { image, attention }) => ({
      ...enlightenGanGenerator(scope.at("generator"), image, attention, "half_pixel"),
    }),
  ),
  network(
    "enlightengan/global-discriminator",
    "Scores whole pictures of 320x320.",
    enlightenGanPaper,
    { image: 3 },
    (scope, { image }) => ({
      scores: enlightenGanDiscriminator(scope.at("global-discriminator"), image, { halvings: 5, channels: 64 }),
    }),
  ),
  network(
    "enlightengan/local-discriminator",
    "Scores patches of 32x32.",
    enlightenGanPaper,
    { image: 3 },
    (scope, { image }) => ({
      scores: enlightenGanDiscriminator(scope.at("local-discriminator"), image, { halvings: 4, channels: 64 }),
    }),
  ),
  network("retinex-net", "RetinexNet from picture to picture.", retinexNetPaper, { image: 3 }, (scope, { image }) => ({
    enhanced: retinexNet(scope, image),
  })),
  network(
    "retinex-net/decomposition",
    "Splits a picture into reflectance and illumination.",
    retinexNetPaper,
    { image: 3 },
    (scope, { image }) => layersOf(retinexNetDecomposition(scope.at("decomposition"), image)),
  ),
  network(
    "retinex-net/relight",
    "Brightens an illumination at several scales.",
    retinexNetPaper,
    { reflectance: 3, illumination: 1 },
    (scope, layers) => ({ relit: retinexNetRelight(scope.at("relight"), layers) }),
  ),
  network(
    "retinex-net-port",
    "RetinexNet's PyTorch port from picture to picture, for the port's weights.",
    retinexNetPaper,
    { image: 3 },
    (scope, { image }) => ({ enhanced: retinexNet(scope, image, retinexNetPort) }),
  ),
  network(
    "retinex-net-port/decomposition",
    "The port's net that splits a picture into reflectance and illumination.",
    retinexNetPaper,
    { image: 3 },
    (scope, { image }) => layersOf(retinexNetDecomposition(scope.at("decomposition"), image, retinexNetPort)),
  ),
  network(
    "retinex-net-port/relight",
    "The port's net that brightens an illumination.",
    retinexNetPaper,
    { reflectance: 3, illumination: 1 },
    (scope, layers) => ({ relit: retinexNetRelight(scope.at("relight"), layers, retinexNetPort) }),
  ),
];

/**
 * The network of a name.
 *
 * @throws {KindlingError} `invalid-option`, listing the names there are.
 */
export function findNetwork(name: string): Network {
  const found = networks.find((candidate) => candidate.name === name);
  if (found) return found;
  const names = networks.map((candidate) => candidate.name).join(", ");
  throw new KindlingError("invalid-option", `network: there is no ${name}; choose one of ${names}.`);
}
