import { createGraph, input } from "@kindling/nets";
import { expect, test } from "vitest";
import { describeNetworkFacts } from "../../../../test/support/network-facts.ts";
import { largestDifference, runGraph, seededFloat16 } from "../../../../test/support/run-graph.ts";
import { patchesOf } from "./llnet.ts";
import { llnetNetworks } from "./networks.ts";

describeNetworkFacts(Object.values(llnetNetworks), {
  llnet: { parameters: 17_918_467, tiling: [16, 3] },
});

test("a patch is its planes of red, green and blue, row by row", async () => {
  const image = input("image", [1, 3, 20, 17]);
  const picture = seededFloat16("picture", 1, [1, 3, 20, 17], [0, 1]);
  const { patches } = await runGraph(createGraph("patches", [image], { patches: patchesOf(image) }), new Map(), {
    image: picture,
  });
  expect(patches.shape).toEqual([1, 867, 2, 1]);
  // The second patch begins at row 3.
  const expected = Float32Array.from({ length: 867 }, (_, i) => {
    const [channel, row, column] = [Math.floor(i / 289), Math.floor((i % 289) / 17) + 3, i % 17];
    return picture.values[(channel * 20 + row) * 17 + column];
  });
  const second = patches.values.filter((_, i) => i % 2 === 1);
  expect(largestDifference(second, expected)).toBe(0);
});

test("patches that all show one grey give that grey, up to the edges and corners", async () => {
  const graph = llnetNetworks.whole.build();
  // The last layer's bias alone decides: the logit of 0.3.
  const weights = new Map(
    graph.parameters.map(({ path, shape }) => {
      const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
      return [path, { shape, values: path === "layer6/bias" ? values.fill(Math.log(0.3 / 0.7)) : values }] as const;
    }),
  );
  const image = seededFloat16("picture", 1, [1, 3, 19, 23], [0, 1]);
  const { enhanced } = await runGraph(graph, weights, { image });
  expect(enhanced.shape).toEqual([1, 3, 19, 23]);
  expect(largestDifference(enhanced.values, new Float32Array(enhanced.values.length).fill(0.3))).toBeLessThan(1e-5);
});
