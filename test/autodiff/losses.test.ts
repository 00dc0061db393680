import { readdirSync } from "node:fs";
import {
  convolution,
  createGraph,
  createScope,
  type DecomposedPair,
  edgeError,
  featuresOf,
  initialise,
  input,
  type LossTerms,
  meanAbsoluteError,
  meanSquaredError,
  relu,
  ssim,
  type Tensor,
  weighTerms,
} from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { emberLoss } from "../../packages/systems/src/ember/loss.ts";
import {
  caffeColours,
  featurePreservingLoss,
  leastSquares,
  relativisticLeastSquares,
} from "../../packages/systems/src/enlightengan/losses.ts";
import { gladnetLoss } from "../../packages/systems/src/gladnet/loss.ts";
import {
  kindAdjustmentLoss,
  kindDecompositionLoss,
  kindRestorationLoss,
  kindTogetherLoss,
} from "../../packages/systems/src/kind/losses.ts";
import { msrNetLoss } from "../../packages/systems/src/msr-net/loss.ts";
import { retinexNetDecompositionLoss, retinexNetRelightLoss } from "../../packages/systems/src/retinex-net/losses.ts";
import { expectNumericGradients, seeded } from "../support/gradient-check.ts";

const picture = [2, 3, 12, 13];
const map = [2, 1, 12, 13];

interface LossCase {
  readonly shapes: readonly (readonly number[])[];
  readonly build: (...inputs: Tensor[]) => Tensor;
}

const loss = (shapes: LossCase["shapes"], build: LossCase["build"]): LossCase => ({ shapes, build });

const decomposed =
  (terms: (pair: DecomposedPair) => LossTerms) =>
  (low: Tensor, high: Tensor, r1: Tensor, l1: Tensor, r2: Tensor, l2: Tensor) =>
    terms({
      low,
      high,
      lowLayers: { reflectance: r1, illumination: l1 },
      highLayers: { reflectance: r2, illumination: l2 },
    }).total;
const ours = { equalReflectance: 0.3, smoothness: 0.1, envelope: 0.5 };
const pairShapes = [picture, picture, picture, map, picture, map];

/** A backbone of two layers with fixed weights. */
function backbone() {
  const image = input("image", [2, 3, 12, 13]);
  const scope = createScope();
  const first = relu(convolution(scope.at("first"), image, { channels: 4 }));
  const graph = createGraph("backbone", [image], {
    first,
    second: convolution(scope.at("second"), first, { channels: 2 }),
  });
  return { graph, weights: initialise(graph, 1) };
}

/** Two pairs, the first of them also the other way round; SSIM wants 11 px, blocks of 8 at least two of them. */
function emberCase(): LossCase {
  const [pictures, maps, lights] = [
    [3, 3, 16, 16],
    [3, 1, 16, 16],
    [3, 1, 1, 1],
  ];
  return loss(
    [pictures, pictures, pictures, pictures, maps, maps, [2, 3, 16, 16], lights, lights, lights],
    (image, enhanced, target, reflectance, illumination, response, blind, light, wantedLight, trusted) => {
      const analysis = { reflectance, illumination, response };
      return emberLoss({ image, analysis, enhanced, target, blind, light, wantedLight, trusted }).total;
    },
  );
}

/** Every loss, by the file it is in. */
const cases: Readonly<Record<string, Readonly<Record<string, LossCase>>>> = {
  adversarial: {
    "relativistic generator": loss([map, map], relativisticLeastSquares.generator),
    "relativistic discriminator": loss([map, map], relativisticLeastSquares.discriminator),
    generator: loss([map, map], leastSquares.generator),
    discriminator: loss([map, map], leastSquares.discriminator),
  },
  edges: { "edge error": loss([map, map], edgeError) },
  ember: { "every term": emberCase() },
  "feature-preserving": {
    "on the picture's own colours": loss([picture, picture], (a, b) =>
      featurePreservingLoss(caffeColours(a), caffeColours(b)),
    ),
  },
  gladnet: {
    paper: loss([picture, picture], (a, b) => gladnetLoss(a, b).total),
    official: loss([picture, picture], (a, b) => gladnetLoss(a, b, "official").total),
  },
  kind: {
    decomposition: loss(pairShapes, decomposed(kindDecompositionLoss)),
    "decomposition, each picture's edges, with an envelope": loss(
      pairShapes.map((shape) => [...shape.slice(0, 2), 16, 16]),
      decomposed((pair) => kindDecompositionLoss(pair, { ...ours, edgesOver: "picture" })),
    ),
    "decomposition, edges as they are": loss(
      pairShapes,
      decomposed((pair) => kindDecompositionLoss(pair, { ...ours, envelope: 0, edgesOver: "none" })),
    ),
    restoration: loss([picture, picture], (a, b) => kindRestorationLoss(a, b).total),
    "restoration, as it is lit": loss([picture, picture, map, picture], (a, b, illumination, image) => {
      const lit = { illumination, image, tone: "root", weight: 0.7 } as const;
      return kindRestorationLoss(a, b, lit).total;
    }),
    together: loss(
      [picture, picture, map, map],
      (enhanced, target, darkened, darkTarget) => kindTogetherLoss({ enhanced, target, darkened, darkTarget }).total,
    ),
    adjustment: loss([map, map], (a, b) => kindAdjustmentLoss(a, b).total),
  },
  "loss-terms": {
    weighted: loss([map, map], (a, b) => weighTerms({ a: edgeError(a, b), b: ssim(a, b) }, { a: 0.5, b: 1 }).total),
  },
  "msr-net": {
    "with its decay": loss(
      [picture, picture],
      (a, b) => msrNetLoss(convolution(createScope(), a, { channels: 3, initialiser: () => () => 0.1 }), b).total,
    ),
  },
  perceptual: {
    "an inner layer": loss([picture, picture], (a, b) => {
      const { graph, weights } = backbone();
      const features = featuresOf(graph, weights, "first");
      return meanSquaredError(features(a), features(b));
    }),
  },
  "pixel-errors": {
    absolute: loss([picture, map], meanAbsoluteError),
    squared: loss([picture, map], meanSquaredError),
  },
  "retinex-net": {
    decomposition: loss(pairShapes, decomposed(retinexNetDecompositionLoss)),
    relight: loss(
      [picture, map, map, picture],
      (reflectance, illumination, relit, high) =>
        retinexNetRelightLoss({ reflectance, illumination }, relit, high).total,
    ),
  },
  ssim: { similarity: loss([picture, picture], ssim) },
};

describe("the losses", () => {
  it("are all checked", () => {
    const files = readdirSync(new URL("../../packages/nets/src/losses/", import.meta.url));
    expect(Object.keys(cases).sort()).toEqual(files.map((file) => file.replace(".ts", "")).sort());
  });
});

const all = Object.entries(cases).flatMap(([file, uses]) =>
  Object.entries(uses).map(([about, use]) => [`${file}: ${about}`, use] as const),
);

describe.each(all)("%s", (_, { shapes, build }) => {
  const inputs = shapes.map((shape, i) => input(`input${i}`, shape));
  const leaves = new Map(inputs.map((tensor, i) => [tensor, seeded(`input${i}`, shapes[i], [0.05, 0.95])]));
  const value = build(...inputs);

  it("has the gradients that differences of the reference say", () => {
    const weights = createGraph("loss", inputs, { value }).parameters.map(({ path, tensor, shape }) => {
      return [tensor, seeded(path, shape, [-0.3, 0.3])] as const;
    });
    expectNumericGradients(value, [...inputs, ...weights.map(([tensor]) => tensor)], new Map([...leaves, ...weights]));
  });
});
