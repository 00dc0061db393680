import {
  add,
  anySize,
  createGraph,
  createScope,
  type Graph,
  gradients,
  input,
  leastSquares,
  mul,
  type PixelCentres,
  type Tensor,
  type Weights,
} from "@kindling/nets";
import { byBatchStatistics } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import { expectGradient, goldenJson, goldenPicture } from "../../../../test/support/gradient-graph.ts";
import {
  expectGolden,
  goldenModelTensors,
  runGraph,
  seededFloat16,
  weightsOf,
} from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { enlightenGanDiscriminator, enlightenGanGenerator, enlightenGanPadded } from "./enlightengan.ts";
import { caffeColours, featurePreservingLoss, relativisticLeastSquares } from "./losses.ts";

let seeded: Weights | undefined;

/** EnlightenGAN's generator by rng.json's recipe, rounded to float16: millions of numbers, so they are made once. */
function seededGeneratorWeights(graph: Graph): Weights {
  seeded ??= weightsOf(graph, (path, shape) => {
    const name = path.replaceAll("/", ".");
    const { values } = seededFloat16(name, 20240631, shape, generatorRange(name, shape));
    return { shape, values: name === "conv10.weight" ? values.map((value) => value * 0.5) : values };
  });
  return seeded;
}

function generatorRange(name: string, shape: readonly number[]): [number, number] {
  if (shape.length === 4) {
    const gain = name.startsWith("deconv") || name.startsWith("conv10") ? 3 : 6;
    const limit = Math.sqrt(gain / (shape[1] * shape[2] * shape[3]));
    return [-limit, limit];
  }
  if (/^bn.*\.weight$/.test(name)) return [0.7, 1.3];
  if (name.endsWith("running_var")) return [0.6, 1.4];
  if (name.endsWith("running_mean")) return [-0.1, 0.3];
  return [-0.1, 0.1];
}

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
