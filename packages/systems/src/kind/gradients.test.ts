import { createGraph, createScope, greyOf } from "@kindling/nets";
import { normaliseEdges } from "@kindling/nets/internal";
import { describe, expect, it } from "vitest";
import {
  expectDigest,
  expectGradient,
  expectTerms,
  type GradientDigest,
  goldenJson,
  goldenPicture,
  gradientGraph,
} from "../../../../test/support/gradient-graph.ts";
import {
  officialKindName,
  officialKindWeights,
  seededRestorationWeights,
} from "../../../../test/support/kind-weights.ts";
import { expectGolden, goldenModelTensors, runGraph } from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { kindAdjustment, kindDecomposition, kindRestoration } from "./kind.ts";
import { kindAdjustmentLoss, kindDecompositionLoss, kindRestorationLoss } from "./losses.ts";

describe.skipIf(!hasShared)("KinD's losses against the authors' code", () => {
  it("gives the decomposition's terms and the gradients of all 18 tensors", async () => {
    const golden = goldenModelTensors("kind_loss_decomposition.safetensors");
    const [low, high] = [goldenPicture("low", 3), goldenPicture("high", 3)];
    const scope = createScope().at("decomposition");
    const [lowLayers, highLayers] = [kindDecomposition(scope, low), kindDecomposition(scope, high)];
    const terms = kindDecompositionLoss({ low, high, lowLayers, highLayers });
    const graph = gradientGraph("decomposition", [low, high], terms);
    const results = await runGraph(graph, officialKindWeights(graph), {
      low: golden("pair.low"),
      high: golden("pair.high"),
    });
    const { terms: expected } = goldenJson<{ terms: Record<string, number> }>("kind_loss_decomposition.json");
    expectTerms(
      results,
      expected,
      {
        "reconstruction-low": "recon_low",
        "reconstruction-high": "recon_high",
        "equal-reflectance": "equal_R",
        "mutual-edges": "mutual_i",
        "smooth-low": "smooth_low",
        "smooth-high": "smooth_high",
        total: "total",
      },
      1e-6,
    );
    expect(graph.parameters).toHaveLength(18);
    for (const { path } of graph.parameters) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${officialKindName(path)}`), 3e-3);
    }
  });

  it("normalises edges over the whole batch", async () => {
    const golden = goldenModelTensors("kind_loss_decomposition.safetensors");
    const [map, image] = [goldenPicture("map", 1), goldenPicture("image", 3)];
    const [ofMap, ofGrey] = [normaliseEdges(map), normaliseEdges(greyOf(image, [0.2989, 0.587, 0.114]))];
    const graph = createGraph("edges", [map, image], { mx: ofMap.x, my: ofMap.y, gx: ofGrey.x, gy: ofGrey.y });
    const { mx, my, gx, gy } = await runGraph(graph, new Map(), { map: golden("I_low"), image: golden("pair.low") });
    expectGolden(mx, golden("grad_norm_x.I_low"), 1e-6);
    expectGolden(my, golden("grad_norm_y.I_low"), 1e-6);
    expectGolden(gx, golden("grad_norm_x.gray_low"), 1e-6);
    expectGolden(gy, golden("grad_norm_y.gray_low"), 1e-6);
  });

  it("gives the restoration's terms and gradients", async () => {
    const golden = goldenModelTensors("kind_loss_restoration.safetensors");
    const digest = goldenJson<GradientDigest & { terms: Record<string, number> }>("kind_loss_restoration.json");
    const [reflectance, illumination, target] = [
      goldenPicture("r", 3),
      goldenPicture("l", 1),
      goldenPicture("target", 3),
    ];
    const restored = kindRestoration(createScope().at("restoration"), { reflectance, illumination });
    const graph = gradientGraph(
      "restoration",
      [reflectance, illumination, target],
      kindRestorationLoss(restored, target),
    );
    const results = await runGraph(graph, seededRestorationWeights(graph), {
      r: golden("r_low"),
      l: golden("i_low"),
      target: golden("target_r_high_pow1.2"),
    });
    for (const [ours, theirs, tolerance] of [
      ["square", "square", 2e-6],
      ["edges", "grad", 2e-6],
      ["dissimilarity", "ssim_loss", 1e-5],
      ["total", "total", 1e-5],
    ] as const) {
      expect(Math.abs(results[ours].values[0] - digest.terms[theirs])).toBeLessThanOrEqual(tolerance);
    }
    expectDigest(results, digest, officialKindName, 1e-4);
    const stored = ["conv1_1", "conv3_1", "up8", "up9", "conv9_2", "reflectance"].map(
      (layer) => `restoration/${layer}/weight`,
    );
    const biases = graph.parameters.filter(({ path }) => path.endsWith("/bias")).map(({ path }) => path);
    for (const path of [...stored, ...biases]) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${officialKindName(path)}`), 1e-4);
    }
  });

  it("gives the adjustment's terms and gradients", async () => {
    const golden = goldenModelTensors("kind_loss_adjustment.safetensors");
    const { terms: expected } = goldenJson<{ terms: Record<string, number> }>("kind_loss_adjustment.json");
    const [illumination, ratio, target] = ["illumination", "ratio", "target"].map((name) => goldenPicture(name, 1));
    const adjusted = kindAdjustment(createScope().at("adjustment"), illumination, ratio);
    const graph = gradientGraph("adjustment", [illumination, ratio, target], kindAdjustmentLoss(adjusted, target));
    const results = await runGraph(graph, officialKindWeights(graph), {
      illumination: golden("source_i"),
      ratio: golden("ratio_map"),
      target: golden("target_i"),
    });
    expectTerms(results, expected, { square: "square", edges: "grad", total: "total" }, 1e-7);
    for (const { path } of graph.parameters) {
      expectGradient(results[`gradient/${path}`], golden(`grad.${officialKindName(path)}`), 1e-4);
    }
  });
});
