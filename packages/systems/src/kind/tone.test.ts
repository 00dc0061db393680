import { createRandom, type ModelTensor } from "@kindling/core";
import { initialise } from "@kindling/nets";
import { test } from "vitest";
import { expectGolden, runGraph } from "../../../../test/support/run-graph.ts";
import { findNetwork } from "../systems.ts";

const random = createRandom(7, "kind-tone");
const map = (channels: number, value = random): ModelTensor => ({
  shape: [1, channels, 16, 16],
  values: Float32Array.from({ length: channels * 256 }, value),
});
const mapped = ({ shape, values }: ModelTensor, of: (value: number) => number): ModelTensor => ({
  shape,
  values: values.map(of),
});

test("KinD on roots analyses the square root of a picture as KinD would analyse that picture", async () => {
  const [plain, root] = ["kind/analysis", "kind+root/analysis"].map((name) => findNetwork(name).build());
  const weights = initialise(plain!, 3);
  const image = map(3);
  const [expected, found] = [
    await runGraph(plain!, weights, { image: mapped(image, Math.sqrt) }),
    await runGraph(root!, weights, { image }),
  ];
  for (const name of ["reflectance", "illumination", "restored", "guard"]) {
    expectGolden(found[name], expected[name]!, 1e-6);
  }
});

test("KinD on roots lights a picture by the square of what the nets make of its root", async () => {
  const [plain, root] = ["kind/relight", "kind+root/relight"].map((name) => findNetwork(name).build());
  const weights = initialise(plain!, 4);
  const one: ModelTensor = { shape: [1], values: Float32Array.of(1) };
  const image = map(3);
  const analysis = { reflectance: map(3), illumination: map(1), restored: map(3), guard: map(1) };
  const light = { ratio: map(1, () => 2.5), denoise: one, keepHighlights: one };
  const onRoot = await runGraph(plain!, weights, { image: mapped(image, Math.sqrt), ...analysis, ...light });
  const { enhanced } = await runGraph(root!, weights, { image, ...analysis, ...light });
  expectGolden(
    enhanced,
    mapped(onRoot["enhanced"]!, (value) => value * value),
    1e-6,
  );
});
