import { decodeOnnx, encodeOnnx } from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { expectRebuilt } from "../../../../test/support/rebuilt-picture.ts";
import { expectGolden, goldenModelTensors, largestDifference, runGraph } from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { sharedWeights } from "../../../../test/support/shared-weights.ts";
import { kindNets } from "./networks.ts";
import { kindPlusTensorflow, kindTensorflow } from "./tensorflow-names.ts";

describe.skipIf(!hasShared)("KinD's weights from the authors' own files", () => {
  const weightsOf = (net: "decomposition" | "adjustment") =>
    sharedWeights(kindNets[net], `kind/${net}`, kindTensorflow);

  it("give the golden layers", async () => {
    const golden = goldenModelTensors("kind_forward.safetensors");
    const weights = weightsOf("decomposition");
    for (const n of ["a", "b"]) {
      const image = golden(`${n}.input_stretched`);
      const { reflectance, illumination } = await runGraph(kindNets.decomposition.build(), weights, { image });
      expectGolden(reflectance, golden(`${n}.R`), 1e-5);
      expectGolden(illumination, golden(`${n}.L`), 1e-5);
    }
  });

  it("give the golden adjustment", async () => {
    const golden = goldenModelTensors("kind_forward.safetensors");
    const illumination = golden("b.L");
    const ratio = { shape: illumination.shape, values: new Float32Array(illumination.values.length).fill(5) };
    const { adjusted } = await runGraph(kindNets.adjustment.build(), weightsOf("adjustment"), { illumination, ratio });
    expectGolden(adjusted, golden("b.adjust_ratio5"), 1e-5);
  });

  it("of KinD++ run, and its two layers give the picture back", async () => {
    await expectRebuilt(
      kindNets.decomposition,
      sharedWeights(kindNets.decomposition, "kind-plus/decomposition", kindPlusTensorflow),
    );
  });

  it("stay within 2/255 when stored as float16", async () => {
    const graph = kindNets.decomposition.build();
    const weights = weightsOf("decomposition");
    const halved = decodeOnnx(encodeOnnx(graph, weights, { precision: "float16" }), "half").weights;
    const image = goldenModelTensors("kind_forward.safetensors")("b.input_stretched");
    const [exact, near] = [await runGraph(graph, weights, { image }), await runGraph(graph, halved, { image })];
    for (const key of Object.keys(exact)) {
      expect(largestDifference(near[key].values, exact[key].values)).toBeLessThanOrEqual(2 / 255);
    }
  });
});
