import type { ModelTensor } from "@kindling/core";
import { createScope } from "@kindling/nets";
import { describe, it } from "vitest";
import {
  expectDigest,
  expectGradient,
  expectTerms,
  type GoldenLoss,
  goldenJson,
  goldenPicture,
  gradientGraph,
} from "../../../../test/support/gradient-graph.ts";
import { expectGolden, goldenModelTensors, runGraph, weightsOf } from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { retinexNetDecompositionLoss, retinexNetRelightLoss } from "./losses.ts";
import { retinexNetNetworks } from "./networks.ts";
import { retinexNetDecomposition, retinexNetRelight } from "./retinex-net.ts";
import { retinexNetTensorflow } from "./tensorflow-names.ts";

describe.skipIf(!hasShared)("RetinexNet against the authors' code", () => {
  const named = (stored: (name: string) => ModelTensor) => (path: string) =>
    stored(retinexNetTensorflow.sources.get(path)!.name);

  it.each(["a", "b"])("splits picture %s into the golden layers with the official weights", async (n) => {
    const golden = goldenModelTensors("retinexnet_forward.safetensors");
    const official = goldenModelTensors("retinexnet_decom_official_weights.safetensors");
    const graph = retinexNetNetworks.decomposition.build();
    const weights = weightsOf(graph, named(official));
    const { reflectance, illumination } = await runGraph(graph, weights, { image: golden(`${n}.input`) });
    expectGolden(reflectance, golden(`${n}.R`), 1e-5);
    expectGolden(illumination, golden(`${n}.L`), 1e-5);
  });

  it.each(["a", "b"])("relights picture %s as the golden file does", async (n) => {
    const golden = goldenModelTensors("retinexnet_forward.safetensors");
    const stored = goldenModelTensors("retinexnet_relight_random_weights_f16.safetensors");
    const graph = retinexNetNetworks.relight.build();
    const weights = weightsOf(graph, named(stored));
    const inputs = { reflectance: golden(`${n}.R`), illumination: golden(`${n}.L`) };
    const { relit } = await runGraph(graph, weights, inputs);
    expectGolden(relit, golden(`${n}.I_delta`), 2e-5);
  });
});

describe.skipIf(!hasShared)("RetinexNet's losses against the authors' code", () => {
  const officialName = (path: string) => retinexNetTensorflow.sources.get(path)!.name;
  const losses = hasShared
    ? goldenJson<{ losses: { decomposition: GoldenLoss; relight: GoldenLoss } }>("retinexnet_loss.json").losses
    : undefined!;

  it("gives the decomposition's terms and gradients", async () => {
    const golden = goldenModelTensors("retinexnet_loss.safetensors");
    const official = goldenModelTensors("retinexnet_decom_official_weights.safetensors");
    const [low, high] = [goldenPicture("low", 3), goldenPicture("high", 3)];
    const scope = createScope().at("decomposition");
    const [lowLayers, highLayers] = [retinexNetDecomposition(scope, low), retinexNetDecomposition(scope, high)];
    const graph = gradientGraph(
      "retinex-net",
      [low, high],
      retinexNetDecompositionLoss({ low, high, lowLayers, highLayers }),
    );
    const weights = weightsOf(graph, (path) => official(officialName(path)));
    const results = await runGraph(graph, weights, { low: golden("pair.low"), high: golden("pair.high") });
    expectTerms(
      results,
      losses.decomposition.terms,
      {
        "reconstruction-low": "recon_low",
        "reconstruction-high": "recon_high",
        "mutual-low": "recon_mutual_low",
        "mutual-high": "recon_mutual_high",
        "equal-reflectance": "equal_R",
        "smooth-low": "smooth_low",
        "smooth-high": "smooth_high",
        total: "total",
      },
      1e-6,
    );
    expectDigest(results, losses.decomposition, officialName, 1e-4);
    for (const path of ["conv1/bias", "conv3/weight", "conv6/bias", "conv6/weight", "conv0/bias"]) {
      const full = `decomposition/${path}`;
      expectGradient(results[`gradient/${full}`], golden(`grad.${officialName(full)}`), 1e-4);
    }
  });

  it("gives the relighting's terms and gradients", async () => {
    const golden = goldenModelTensors("retinexnet_loss.safetensors");
    const stored = goldenModelTensors("retinexnet_relight_random_weights_f16.safetensors");
    const [reflectance, illumination, high] = [goldenPicture("r", 3), goldenPicture("l", 1), goldenPicture("high", 3)];
    const low = { reflectance, illumination };
    const relit = retinexNetRelight(createScope().at("relight"), low);
    const graph = gradientGraph("relight", [reflectance, illumination, high], retinexNetRelightLoss(low, relit, high));
    const weights = weightsOf(graph, (path) => stored(officialName(path)));
    const results = await runGraph(graph, weights, {
      r: golden("relight.R_low"),
      l: golden("relight.I_low"),
      high: golden("pair.high"),
    });
    expectTerms(results, losses.relight.terms, { relight: "relight", smooth: "smooth_delta", total: "total" }, 1e-6);
    expectDigest(results, losses.relight, officialName, 1e-4);
    for (const path of ["conv0/weight", "down1/weight", "fusion/weight", "output/bias", "output/weight"]) {
      const full = `relight/${path}`;
      expectGradient(results[`gradient/${full}`], golden(`grad.${officialName(full)}`), 1e-4);
    }
  });
});
