import type { ModelTensor } from "@kindling/core";
import { anySize, createGraph, createScope, type Graph, input, type PixelCentres } from "@kindling/nets";
import { findNetwork } from "@kindling/systems";
import { describe, it } from "vitest";
import { enlightenGanDiscriminator, enlightenGanPadded } from "../../packages/systems/src/enlightengan/enlightengan.ts";
import { retinexNetTensorflow } from "../../packages/systems/src/retinex-net/tensorflow-names.ts";
import { expectGolden, goldenModelTensors, runGraph, weightsOf } from "../support/run-graph.ts";
import { seededGeneratorWeights, seededGladnetWeights } from "../support/seeded-weights.ts";
import { hasShared } from "../support/shared.ts";

describe.skipIf(!hasShared)("MSR-net against its equations", () => {
  it.each(["a", "b", "pair"])("gives the golden result for %s", async (n) => {
    const golden = goldenModelTensors("msrnet.safetensors");
    const graph = findNetwork("msr-net").build();
    const weights = weightsOf(graph, (path) => golden(`weight.${path.replaceAll("/", ".")}`));
    const { enhanced } = await runGraph(graph, weights, { image: golden(n === "pair" ? "pair.low" : `${n}.input`) });
    expectGolden(enhanced, golden(`${n}.out`), 1e-5);
  });
});

describe.skipIf(!hasShared)("GLADNet against the authors' code", () => {
  it.each(["a", "b", "pair"])("gives the golden result for %s", async (n) => {
    const golden = goldenModelTensors("gladnet_forward_and_loss.safetensors");
    const graph = findNetwork("gladnet").build();
    const image = golden(n === "pair" ? "pair.low" : `${n}.input`);
    const { enhanced } = await runGraph(graph, seededGladnetWeights(graph), { image });
    expectGolden(enhanced, golden(`${n}.out`), 2e-5);
  });

  it.each(["a", "b"])("finds the golden global features of %s", async (n) => {
    const golden = goldenModelTensors("gladnet_forward_and_loss.safetensors");
    const graph = findNetwork("gladnet/global").build();
    const { features } = await runGraph(graph, seededGladnetWeights(graph), { image: golden(`${n}.input`) });
    const first4 = { shape: [1, 4, 96, 96], values: features.values.subarray(0, 4 * 96 * 96) };
    expectGolden(first4, golden(`${n}.p_deconv6_first4`), 2e-5);
  });
});

describe.skipIf(!hasShared)("RetinexNet against the authors' code", () => {
  const named = (stored: (name: string) => ModelTensor) => (path: string) =>
    stored(retinexNetTensorflow.sources.get(path)!.name);

  it.each(["a", "b"])("splits picture %s into the golden layers with the official weights", async (n) => {
    const golden = goldenModelTensors("retinexnet_forward.safetensors");
    const official = goldenModelTensors("retinexnet_decom_official_weights.safetensors");
    const graph = findNetwork("retinex-net/decomposition").build();
    const weights = weightsOf(graph, named(official));
    const { reflectance, illumination } = await runGraph(graph, weights, { image: golden(`${n}.input`) });
    expectGolden(reflectance, golden(`${n}.R`), 1e-5);
    expectGolden(illumination, golden(`${n}.L`), 1e-5);
  });

  it.each(["a", "b"])("relights picture %s as the golden file does", async (n) => {
    const golden = goldenModelTensors("retinexnet_forward.safetensors");
    const stored = goldenModelTensors("retinexnet_relight_random_weights_f16.safetensors");
    const graph = findNetwork("retinex-net/relight").build();
    const weights = weightsOf(graph, named(stored));
    const inputs = { reflectance: golden(`${n}.R`), illumination: golden(`${n}.L`) };
    const { relit } = await runGraph(graph, weights, inputs);
    expectGolden(relit, golden(`${n}.I_delta`), 2e-5);
  });
});

describe.skipIf(!hasShared)("EnlightenGAN against the authors' code", () => {
  it.each([
    ["a", "align_true", "align_corners"],
    ["a", "align_false", "half_pixel"],
    ["b", "align_true", "align_corners"],
    ["b", "align_false", "half_pixel"],
  ] as const)("generates the golden picture %s where %s", async (n, key, centres) => {
    const golden = goldenModelTensors("enlightengan_generator.safetensors");
    const graph = generatorGraph(centres);
    const { output, residual } = await runGraph(graph, seededGeneratorWeights(graph), {
      image: golden(`${n}.input_pm1`),
    });
    expectGolden(output, golden(`${n}.${key}.output`), 1e-5);
    expectGolden(residual, golden(`${n}.${key}.latent`), 1e-5);
  });

  it.each([
    ["global", 5],
    ["local", 4],
  ])("scores as the %s discriminator with 8 channels does", async (which, halvings) => {
    const golden = goldenModelTensors(`enlightengan_discriminator_${which}_ndf8.safetensors`);
    const image = input("image", [anySize.batch, 3, anySize.height, anySize.width]);
    const patches = enlightenGanDiscriminator(createScope(), image, { halvings, channels: 8 });
    const graph = createGraph("discriminator", [image], { scores: patches });
    const weights = weightsOf(graph, (path) => {
      const [layer, kind] = path.split("/");
      return golden(`weight.model.${2 * (Number(layer.slice(4)) - 1)}.${kind}`);
    });
    const { scores } = await runGraph(graph, weights, { image: golden("input") });
    expectGolden(scores, golden("output"), 2e-5);
  });
});

function generatorGraph(centres: PixelCentres): Graph {
  const image = input("image", [anySize.batch, 3, anySize.height, anySize.width]);
  return createGraph("generator", [image], { ...enlightenGanPadded(createScope(), image, centres) });
}
