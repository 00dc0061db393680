import { add, createGraph, createScope, gradients, input, mul, type Tensor } from "@kindling/nets";
import { byBatchStatistics } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import { enlightenGanGenerator } from "../../packages/systems/src/enlightengan/enlightengan.ts";
import {
  caffeColours,
  featurePreservingLoss,
  leastSquares,
  relativisticLeastSquares,
} from "../../packages/systems/src/enlightengan/losses.ts";
import { gladnet } from "../../packages/systems/src/gladnet/gladnet.ts";
import { gladnetLoss } from "../../packages/systems/src/gladnet/loss.ts";
import { msrNetLoss } from "../../packages/systems/src/msr-net/loss.ts";
import { msrNet } from "../../packages/systems/src/msr-net/msr-net.ts";
import { retinexNetDecompositionLoss, retinexNetRelightLoss } from "../../packages/systems/src/retinex-net/losses.ts";
import { retinexNetDecomposition, retinexNetRelight } from "../../packages/systems/src/retinex-net/retinex-net.ts";
import { retinexNetTensorflow } from "../../packages/systems/src/retinex-net/tensorflow-names.ts";
import {
  expectDigest,
  expectGradient,
  expectTerms,
  type GradientDigest,
  goldenJson,
  goldenPicture,
  gradientGraph,
} from "../support/gradient-graph.ts";
import { expectGolden, goldenModelTensors, runGraph, weightsOf } from "../support/run-graph.ts";
import { officialGladnetName, seededGeneratorWeights, seededGladnetWeights } from "../support/seeded-weights.ts";
import { hasShared } from "../support/shared.ts";

interface Digest extends GradientDigest {
  readonly terms: Readonly<Record<string, number>>;
}

describe.skipIf(!hasShared)("RetinexNet's losses against the authors' code", () => {
  const officialName = (path: string) => retinexNetTensorflow.sources.get(path)!.name;
  const losses = hasShared
    ? goldenJson<{ losses: { decomposition: Digest; relight: Digest } }>("retinexnet_loss.json").losses
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

describe.skipIf(!hasShared)("GLADNet's loss against the authors' code", () => {
  it("gives the loss and the gradients", async () => {
    const golden = goldenModelTensors("gladnet_forward_and_loss.safetensors");
    const { loss } = goldenJson<{ loss: Digest }>("gladnet_forward_and_loss.json");
    const [low, high] = [goldenPicture("low", 3), goldenPicture("high", 3)];
    const graph = gradientGraph("gladnet", [low, high], gladnetLoss(gladnet(createScope(), low), high, "official"));
    const results = await runGraph(graph, seededGladnetWeights(graph), {
      low: golden("pair.low"),
      high: golden("pair.high"),
    });
    const { total: ours } = results;
    const { total: theirs } = loss.terms;
    expect(Math.abs(ours.values[0] - theirs)).toBeLessThanOrEqual(1e-6);
    expectDigest(results, loss, officialGladnetName, 2e-4);
    for (const path of ["down1/weight", "detail1/bias", "output/bias", "output/weight", "down6/bias"]) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${officialGladnetName(path)}`), 2e-4);
    }
  });
});

describe.skipIf(!hasShared)("MSR-net's loss against its equations", () => {
  it("gives the terms and the gradients", async () => {
    const golden = goldenModelTensors("msrnet.safetensors");
    const { loss } = goldenJson<{ loss: Digest }>("msrnet.json");
    const [low, high] = [goldenPicture("low", 3), goldenPicture("high", 3)];
    const graph = gradientGraph("msr-net", [low, high], msrNetLoss(msrNet(createScope(), low), high));
    const named = (path: string) => path.replaceAll("/", ".");
    const weights = weightsOf(graph, (path) => golden(`weight.${named(path)}`));
    const results = await runGraph(graph, weights, { low: golden("pair.low"), high: golden("pair.high") });
    for (const [ours, theirs] of [
      ["data", "data"],
      ["decay", "weight_l2"],
      ["total", "total"],
    ]) {
      expect(Math.abs(results[ours].values[0] / loss.terms[theirs] - 1)).toBeLessThanOrEqual(1e-5);
    }
    expectDigest(results, loss, named, 1e-4);
    for (const path of ["color/conv1x1/bias", "color/conv1x1/weight", "diff/conv1/weight", "diff/conv10/bias"]) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${named(path)}`), 1e-4);
    }
    for (const path of ["diff/fuse1x1/weight", "multiscale/conv1x1/weight", "multiscale/conv3x3/weight"]) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${named(path)}`), 1e-4);
    }
  });
});

describe.skipIf(!hasShared)("EnlightenGAN's training against the authors' code", () => {
  it("normalises by the batch and updates the running statistics", async () => {
    const golden = goldenModelTensors("enlightengan_generator_trainmode.safetensors");
    const [image, attention] = [goldenPicture("image", 3), goldenPicture("attention", 1)];
    const { normalise, statistics } = byBatchStatistics();
    const { output, residual } = enlightenGanGenerator(createScope(), image, attention, "align_corners", normalise);
    const updated = Object.fromEntries(
      [...statistics].map(([{ source }, value]) => [`after/${source.kind === "parameter" && source.path}`, value]),
    );
    const graph = createGraph("generator", [image, attention], { output, residual, ...updated });
    const results = await runGraph(graph, seededGeneratorWeights(graph), {
      image: golden("input_pm1"),
      attention: golden("attention"),
    });
    const { output: outcome, residual: latent } = results;
    expectGolden(outcome, golden("output"), 1e-4);
    expectGolden(latent, golden("latent"), 1e-4);
    for (const block of ["bn1_1", "bn5_2", "bn9_1"]) {
      expectGolden(results[`after/${block}/running_mean`], golden(`${block}.running_mean_after`), 1e-5);
      expectGolden(results[`after/${block}/running_var`], golden(`${block}.running_var_after`), 1e-5);
    }
  });

  it("has the golden adversarial losses and their gradients", async () => {
    const golden = goldenModelTensors("enlightengan_losses.safetensors");
    const { values } = goldenJson<{ values: Record<string, number> }>("enlightengan_losses.json");
    const names = [0, 1, 2, 3, 4, 5].flatMap((i) => [`real_patch_scores.${i}`, `fake_patch_scores.${i}`]);
    const scores = Object.fromEntries(
      ["real_scores", "fake_scores", ...names].map((name) => [name, input(name, golden(name).shape)]),
    );
    const overPatches = (loss: (real: Tensor, fake: Tensor) => Tensor) =>
      mean([0, 1, 2, 3, 4, 5].map((i) => loss(scores[`real_patch_scores.${i}`], scores[`fake_patch_scores.${i}`])));
    const { real_scores: real, fake_scores: fake } = scores;
    const losses = {
      D_global_relativistic: relativisticLeastSquares.discriminator(real, fake),
      D_global_plain_lsgan: leastSquares.discriminator(real, fake),
      D_local_plain_lsgan_mean_of_6: overPatches(leastSquares.discriminator),
      "D_local_if_not_hybrid(relativistic)_mean_of_6": overPatches(relativisticLeastSquares.discriminator),
      G_global_relativistic: relativisticLeastSquares.generator(real, fake),
      G_local_plain_lsgan_mean_of_6: overPatches(leastSquares.generator),
    };
    const total = add(losses.G_global_relativistic, losses.G_local_plain_lsgan_mean_of_6);
    const [onFake, onFakePatch] = gradients(total, [fake, scores["fake_patch_scores.0"]]);
    const [onRealPatch] = gradients(losses.D_local_plain_lsgan_mean_of_6, [scores["real_patch_scores.0"]]);
    const graph = createGraph("adversarial", Object.values(scores), {
      ...losses,
      "on-fake": onFake,
      "on-fake-patch": onFakePatch,
      "on-real-patch": onRealPatch,
    });
    const feeds = Object.fromEntries(Object.keys(scores).map((name) => [name, golden(name)]));
    const results = await runGraph(graph, new Map(), feeds);
    for (const name of Object.keys(losses)) {
      expect(Math.abs(results[name].values[0] / values[name] - 1)).toBeLessThanOrEqual(1e-6);
    }
    expectGradient(results["on-fake"], golden("G.grad_wrt_fake_scores"), 1e-6);
    expectGradient(results["on-fake-patch"], golden("G.grad_wrt_fake_patch_scores.0"), 1e-6);
    expectGradient(results["on-real-patch"], golden("D_local.grad_wrt_real_patch_scores.0"), 1e-6);
  });

  it("has the golden self feature preserving loss, its gradient and the colours it looks at", async () => {
    const golden = goldenModelTensors("enlightengan_losses.safetensors");
    const { values } = goldenJson<{ values: Record<string, number> }>("enlightengan_losses.json");
    const [a, b] = ["a", "b"].map((name) => input(name, golden("sfp.feature_a").shape));
    const image = input("image", [1, 3, 4, 4]);
    const loss = featurePreservingLoss(a, b);
    const [onA] = gradients(loss, [a]);
    const graph = createGraph("sfp", [a, b, image], { loss, "on-a": onA, colours: caffeColours(image) });
    const results = await runGraph(graph, new Map(), {
      a: golden("sfp.feature_a"),
      b: golden("sfp.feature_b"),
      image: golden("sfp.preprocess.input_pm1"),
    });
    const { loss: found, "on-a": gradient, colours } = results;
    const { SFP_instance_norm: expected } = values;
    expect(Math.abs(found.values[0] / expected - 1)).toBeLessThanOrEqual(1e-6);
    const stored = golden("sfp.grad_wrt_feature_a.first8");
    const first = [0, 1].flatMap((n) => [...gradient.values.subarray(n * 512 * 20, (n * 512 + 8) * 20)]);
    expectGradient({ shape: stored.shape, values: Float32Array.from(first) }, stored, 1e-6);
    expectGolden(colours, golden("sfp.preprocess.output_bgr255"), 255e-6);
  });
});

function mean(values: readonly Tensor[]): Tensor {
  return mul(
    values.reduce((sum, value) => add(sum, value)),
    1 / values.length,
  );
}
