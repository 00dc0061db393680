import { defineNetwork } from "@kindling/nets";
import { paper } from "./paper.ts";
import { retinexNet, retinexNetDecomposition, retinexNetPort, retinexNetRelight } from "./retinex-net.ts";

/** RetinexNet whole, and its two nets. */
export const retinexNetNetworks = {
  whole: defineNetwork(
    "retinex-net",
    "RetinexNet from picture to picture, with its layers.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ ...retinexNet(scope, image) }),
  ),
  decomposition: defineNetwork(
    "retinex-net/decomposition",
    "Splits a picture into reflectance and illumination.",
    paper,
    { image: 3 },
    (scope, { image }) => {
      const { reflectance, illumination } = retinexNetDecomposition(scope.at("decomposition"), image);
      return { reflectance, illumination };
    },
  ),
  relight: defineNetwork(
    "retinex-net/relight",
    "Brightens an illumination at several scales.",
    paper,
    { reflectance: 3, illumination: 1 },
    (scope, layers) => ({ relit: retinexNetRelight(scope.at("relight"), layers) }),
  ),
};

/** The same nets in the form of the public port to PyTorch, for the port's weights. */
export const retinexNetPortNetworks = {
  whole: defineNetwork(
    "retinex-net-port",
    "RetinexNet's PyTorch port from picture to picture, with its layers, for the port's weights.",
    paper,
    { image: 3 },
    (scope, { image }) => ({ ...retinexNet(scope, image, retinexNetPort) }),
  ),
  decomposition: defineNetwork(
    "retinex-net-port/decomposition",
    "The port's net that splits a picture into reflectance and illumination.",
    paper,
    { image: 3 },
    (scope, { image }) => {
      const { reflectance, illumination } = retinexNetDecomposition(scope.at("decomposition"), image, retinexNetPort);
      return { reflectance, illumination };
    },
  ),
  relight: defineNetwork(
    "retinex-net-port/relight",
    "The port's net that brightens an illumination.",
    paper,
    { reflectance: 3, illumination: 1 },
    (scope, layers) => ({ relit: retinexNetRelight(scope.at("relight"), layers, retinexNetPort) }),
  ),
};
