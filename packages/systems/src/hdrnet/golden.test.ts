import { createPicture, createPlane, createRandom, finish } from "@kindling/core";
import {
  constant,
  createGraph,
  createScope,
  enlargeTo,
  gradients,
  initialise,
  input,
  mul,
  reduceSum,
  sampleBilinear,
  type Weights,
} from "@kindling/nets";
import { describe, expect, it, test } from "vitest";
import { expectNumericGradients, seeded } from "../../../../test/support/gradient-check.ts";
import { expectGradient } from "../../../../test/support/gradient-graph.ts";
import {
  expectGolden,
  goldenModelTensors,
  largestDifference,
  runGraph,
  seededFloat16,
  weightsOf,
} from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { applyGrid } from "./apply-grid.ts";
import { applyAffine, hdrnetGuide, sliceGrid } from "./hdrnet.ts";
import { hdrnetNetworks } from "./networks.ts";

/** The name that a parameter has in the golden file. */
function goldenName(path: string): string {
  const guide: Record<string, string> = {
    "guide/matrix/weight": "curves.ccm",
    "guide/matrix/bias": "curves.ccm_bias",
    "guide/curves/shift": "curves.shifts",
    "guide/curves/slope": "curves.slopes",
    "guide/mix/weight": "curves.mix.weight",
    "guide/mix/bias": "curves.mix.bias",
  };
  if (guide[path]) return guide[path];
  const [, layer, kind] = path.split("/");
  const number = Number(layer.at(-1));
  if (layer.startsWith("splat")) return `splat.${number - 1}.c.${kind}`;
  if (layer.startsWith("dense")) return `fc${number}.${kind}`;
  if (layer === "grid") return `pred.c.${kind}`;
  return `${layer[0]}${number}.c.${kind}`;
}

/** Positions of the pixels of a side in a grid of so many cells, as a tensor of one row. */
function places(pixels: number, cells: number) {
  const values = Float32Array.from({ length: pixels }, (_, i) =>
    Math.min(Math.max(((i + 0.5) * cells) / pixels - 0.5, 0), cells - 1),
  );
  return constant(values, [1, pixels]);
}

describe.skipIf(!hasShared)("HDRNet against the authors' code", () => {
  const golden = hasShared ? goldenModelTensors("hdrnet_forward.safetensors") : undefined!;
  const stored = hasShared ? goldenModelTensors("hdrnet_random_weights_f16.safetensors") : undefined!;
  const inputs = hasShared ? goldenModelTensors("inputs.safetensors") : undefined!;
  const goldenWeights = (graph: Parameters<typeof weightsOf>[0]): Weights =>
    weightsOf(graph, (path, shape) => {
      const { values, shape: given } = stored(goldenName(path));
      // Matrices are [out, in] in dense layers, [in, out] in the guide.
      const turned = given.length === 2 && (path.includes("dense") || path.includes("matrix"));
      const [rows, columns] = given;
      return {
        shape,
        values: turned ? values.map((_, i) => values[(i % rows) * columns + Math.floor(i / rows)]) : values,
      };
    });

  it("finds the golden grid", async () => {
    const graph = hdrnetNetworks.coefficients.build();
    const bytes = golden("lowres_u8");
    const overview = { shape: [1, 3, 256, 256], values: bytes.values.map((value) => value / 255) };
    const { grid } = await runGraph(graph, goldenWeights(graph), { overview });
    const { values } = golden("nn.coefficients");
    expect(largestDifference(grid.values, values)).toBeLessThanOrEqual(2e-5);
  });

  it("draws the golden guide, and gives the golden picture of it and the golden grid", async () => {
    const [image, grid] = [input("image", [1, 3, 53, 71]), input("grid", [1, 96, 16, 16])];
    const guide = hdrnetGuide(createScope().at("guide"), image);
    const enhanced = applyAffine(image, sliceGrid(enlargeTo(grid, image), guide));
    const graph = createGraph("hdrnet", [image, grid], { guide, enhanced });
    const results = await runGraph(graph, goldenWeights(graph), {
      image: inputs("b"),
      grid: { shape: [1, 96, 16, 16], values: golden("nn.coefficients").values },
    });
    expect(largestDifference(results["guide"].values, golden("curves.guide").values)).toBeLessThanOrEqual(2e-5);
    expectGolden(results["enhanced"], golden("curves.output_with_nn_coefficients"), 2e-5);
  });

  it("slices and applies as the authors' operator does, with its gradients, for guides beyond 0 to 1 too", async () => {
    const [image, guide] = [input("image", [1, 3, 13, 17]), input("guide", [1, 1, 13, 17])];
    const grid = input("grid", [1, 96, 4, 5]);
    const affine = sliceGrid(sampleBilinear(grid, places(13, 4), places(17, 5)), guide);
    const output = applyAffine(image, affine);
    const { shape, values: cotangent } = golden("slice.cotangent");
    const loss = reduceSum(mul(output, constant(cotangent, shape)), undefined, false);
    const [onGrid, onGuide, onImage] = gradients(loss, [grid, guide, image]);
    const outputs = { affine, output, "on-grid": onGrid, "on-guide": onGuide, "on-image": onImage };
    const results = await runGraph(createGraph("slice", [image, guide, grid], outputs), new Map(), {
      image: golden("slice.image"),
      guide: { shape: [1, 1, 13, 17], values: golden("slice.guide").values },
      grid: { shape: [1, 96, 4, 5], values: golden("slice.grid").values },
    });
    expect(largestDifference(results["affine"].values, golden("slice.affine").values)).toBeLessThanOrEqual(5e-6);
    expectGolden(results["output"], golden("slice.output"), 5e-6);
    expectGolden(results["on-image"], golden("slice.grad_image"), 5e-6);
    const as = (name: string, sides: number[]) => ({ shape: sides, values: golden(name).values });
    expectGradient(results["on-grid"], as("slice.grad_grid", [1, 96, 4, 5]), 1e-5);
    expectGradient(results["on-guide"], as("slice.grad_guide", [1, 1, 13, 17]), 1e-5);
  });
});

test("slicing has the gradients that differences say", () => {
  const [image, guide] = [input("image", [1, 3, 5, 6]), input("guide", [1, 1, 5, 6])];
  const grid = input("grid", [1, 96, 2, 3]);
  const enhanced = applyAffine(image, sliceGrid(sampleBilinear(grid, places(5, 2), places(6, 3)), guide));
  const loss = reduceSum(mul(enhanced, enhanced), undefined, false);
  const leaves = new Map([
    [image, seeded("image", [1, 3, 5, 6], [0.1, 0.9])],
    [guide, seeded("guide", [1, 1, 5, 6], [0.05, 0.95])],
    [grid, seeded("grid", [1, 96, 2, 3], [-1, 1])],
  ]);
  expectNumericGradients(loss, [image, guide, grid], leaves, 1e-5);
});

test("the guide has the gradients that differences say, by picture and parameters", () => {
  const image = input("image", [1, 3, 4, 5]);
  const guide = hdrnetGuide(createScope(), image);
  const graph = createGraph("guide", [image], { guide });
  const leaves = new Map([
    [image, seeded("image", [1, 3, 4, 5], [0.1, 0.9])] as const,
    ...graph.parameters.map(({ path, tensor, shape }) => [tensor, seeded(path, shape, [0.05, 0.15])] as const),
  ]);
  expectNumericGradients(reduceSum(mul(guide, guide), undefined, false), [...leaves.keys()], leaves, 1e-5);
});

test.each([
  ["colour", 3],
  ["colour with alpha", 4],
  ["grey", 1],
] as const)("photos in %s are lit as the graph lights them", async (_, channels) => {
  const [width, height] = [37, 29];
  const random = createRandom(3, "photo");
  const picture = createPicture(width, height, channels);
  picture.samples.forEach((_value, i) => {
    picture.samples[i] = random();
  });
  const guideValues = Float32Array.from({ length: width * height }, () => 1.2 * random() - 0.1);
  const gridValues = seededFloat16("grid", 1, [1, 96, 16, 16], [-0.2, 0.4]);
  const lit = finish(applyGrid(picture, { ...createPlane(width, height), values: guideValues }, gridValues.values));

  const [image, guide] = [input("image", [1, 3, height, width]), input("guide", [1, 1, height, width])];
  const grid = input("grid", [1, 96, 16, 16]);
  const enhanced = applyAffine(image, sliceGrid(enlargeTo(grid, image), guide));
  const graph = createGraph("apply", [image, guide, grid], { enhanced });
  const planes = Float32Array.from({ length: 3 * width * height }, (__, i) => {
    const channel = channels === 1 ? 0 : Math.floor(i / (width * height));
    return picture.samples[(i % (width * height)) * channels + channel];
  });
  const result = await runGraph(graph, new Map(), {
    image: { shape: [1, 3, height, width], values: planes },
    guide: { shape: [1, 1, height, width], values: guideValues },
    grid: gridValues,
  });
  const clipped = result["enhanced"].values.map((value) => Math.min(Math.max(value, 0), 1));
  expect(clipped.filter((value) => value > 0 && value < 1).length).toBeGreaterThan(clipped.length / 4);
  const area = width * height;
  const expected = picture.samples.map((value, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    if (channel === 3) return value;
    if (channels > 1) return clipped[channel * area + pixel];
    return (clipped[pixel] + clipped[area + pixel] + clipped[2 * area + pixel]) / 3;
  });
  expect(largestDifference(lit.samples, expected)).toBeLessThan(5e-6);
});

test("before training, pictures stay nearly as they are", async () => {
  const graph = hdrnetNetworks.whole.build();
  const picture = seededFloat16("picture", 1, [1, 3, 40, 50], [0, 1]);
  const weights = new Map(initialise(graph, 1));
  const { shape, values } = weights.get("coefficients/grid/weight")!;
  weights.set("coefficients/grid/weight", { shape, values: new Float32Array(values.length) });
  const { enhanced } = await runGraph(graph, weights, { image: picture });
  expect(largestDifference(enhanced.values, picture.values)).toBeLessThan(1e-3);
});
