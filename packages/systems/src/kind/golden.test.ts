import { anySize, createGraph, type Graph, input, type PictureSize } from "@kindling/nets";
import { describe, expect, it } from "vitest";
import {
  officialKindName,
  officialKindWeights,
  seededRestorationWeights,
} from "../../../../test/support/kind-weights.ts";
import {
  expectGolden,
  goldenModelTensors,
  largestDifference,
  runGraph,
  weightsOf,
} from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { findNetwork } from "../systems.ts";
import { darknessGuard, kindFusion } from "./assembly.ts";

describe.skipIf(!hasShared)("KinD against the authors' code", () => {
  const official = hasShared ? goldenModelTensors("kind_official_weights.safetensors") : undefined!;
  const golden = hasShared ? goldenModelTensors("kind_forward.safetensors") : undefined!;

  it.each(["a", "b"])("splits picture %s into the golden layers with the official weights", async (n) => {
    const graph = findNetwork("kind/decomposition").build();
    const weights = officialKindWeights(graph);
    const { reflectance, illumination } = await runGraph(graph, weights, { image: golden(`${n}.input_stretched`) });
    expectGolden(reflectance, golden(`${n}.R`), 1e-5);
    expectGolden(illumination, golden(`${n}.L`), 1e-5);
  });

  it.each([
    ["a", 5, "adjust_ratio5"],
    ["a", 0.5, "adjust_ratio0p5"],
    ["b", 5, "adjust_ratio5"],
    ["b", 0.5, "adjust_ratio0p5"],
  ])("adjusts the illumination of picture %s by %d as the golden file does", async (n, ratio, key) => {
    const graph = findNetwork("kind/adjustment").build();
    const weights = officialKindWeights(graph);
    const illumination = golden(`${n}.L`);
    const plane = { shape: illumination.shape, values: new Float32Array(illumination.values.length).fill(ratio) };
    const { adjusted } = await runGraph(graph, weights, { illumination, ratio: plane });
    expectGolden(adjusted, golden(`${n}.${key}`), 1e-5);
  });

  it("restores the golden reflectances, also at odd sizes", async () => {
    const restoration = goldenModelTensors("kind_loss_restoration.safetensors");
    const graph = findNetwork("kind/restoration").build();
    const weights = seededRestorationWeights(graph);
    const even = { reflectance: restoration("r_low"), illumination: restoration("i_low") };
    const { restored } = await runGraph(graph, weights, even);
    expectGolden(restored, restoration("out"), 1e-5);
    const odd = { reflectance: restoration("odd.r"), illumination: restoration("odd.l") };
    const { restored: restoredOdd } = await runGraph(graph, weights, odd);
    expectGolden(restoredOdd, restoration("odd.out"), 1e-5);
  });

  it.each(["a", "b"])("fuses picture %s as evaluate.py does", async (n) => {
    const part = (name: string) => golden(`${n}.fusion.${name}`);
    const inputs = {
      image: golden(`${n}.input_stretched`),
      reflectance: part("r_low"),
      illumination: part("l_low"),
      restored: part("restored_r"),
      adjusted: part("adjusted_l"),
    };
    const { fused, guard } = await runGraph(fusionGraph(anySize), new Map(), inputs);
    expectGolden(guard, part("low_i"), 1e-6);
    expectGolden(fused, part("fused"), 1e-6);
  });

  it.each(["a", "b"])("runs picture %s blind from its bytes to the parts put together by hand", async (n) => {
    const image = goldenModelTensors("inputs.safetensors")(n);
    const blind = findNetwork("kind/blind").build();
    const restoration = seededRestorationWeights(findNetwork("kind/restoration").build());
    const weights = weightsOf(blind, (path) => restoration.get(path) ?? official(officialKindName(path)));
    const { enhanced } = await runGraph(blind, weights, { image, ratio: { shape: [1], values: Float32Array.of(5) } });

    const [reflectance, illumination] = [golden(`${n}.R`), golden(`${n}.L`)];
    const restorationGraph = findNetwork("kind/restoration").build();
    const { restored } = await runGraph(restorationGraph, restoration, { reflectance, illumination });
    const parts = { image: golden(`${n}.input_stretched`), reflectance, illumination, restored };
    const adjusted = golden(`${n}.adjust_ratio5`);
    const { fused } = await runGraph(fusionGraph(anySize), new Map(), { ...parts, adjusted });
    expect(
      largestDifference(
        enhanced.values,
        fused.values.map((value) => Math.min(Math.max(value, 0), 1)),
      ),
    ).toBeLessThan(2e-5);
  });

  it("takes the light level from a reference when there is one", async () => {
    const inputs = goldenModelTensors("inputs.safetensors");
    const graph = findNetwork("kind/with-reference").build();
    const restorationGraph = findNetwork("kind/restoration").build();
    const restoration = seededRestorationWeights(restorationGraph);
    const decomposition = findNetwork("kind/decomposition").build();
    const adjustment = findNetwork("kind/adjustment").build();
    const weights = weightsOf(graph, (path) => restoration.get(path) ?? official(officialKindName(path)));
    // The picture as its own reference: the ratio is then the mean of L / (L + 0.0001).
    const { enhanced } = await runGraph(graph, weights, { image: inputs("a"), reference: inputs("a") });

    const own = officialKindWeights(decomposition);
    const { reflectance, illumination } = await runGraph(decomposition, own, { image: golden("a.input_stretched") });
    const { values } = illumination;
    const ratio = values.reduce((sum, light) => sum + light / (light + 1e-4), 0) / values.length;
    const plane = { shape: illumination.shape, values: new Float32Array(values.length).fill(ratio) };
    const { adjusted } = await runGraph(adjustment, officialKindWeights(adjustment), { illumination, ratio: plane });
    const { restored } = await runGraph(restorationGraph, restoration, { reflectance, illumination });
    const expected = restored.values.map((value, i) => value * adjusted.values[i % adjusted.values.length]);
    expect(largestDifference(enhanced.values, expected)).toBeLessThan(1e-5);
  });
});

function fusionGraph({ batch, height, width }: PictureSize): Graph {
  const picture = (name: string, channels: number) => input(name, [batch, channels, height, width]);
  const [image, reflectance, restored] = ["image", "reflectance", "restored"].map((name) => picture(name, 3));
  const [illumination, adjusted] = ["illumination", "adjusted"].map((name) => picture(name, 1));
  const guard = darknessGuard(reflectance);
  const fused = kindFusion(image, { illumination, restored, guard }, adjusted);
  return createGraph("fusion", [image, reflectance, illumination, restored, adjusted], { fused, guard });
}
