import { anySize, createGraph, input } from "@kindling/nets";
import { describe, expect, it } from "vitest";
import { goldenModelTensors, largestDifference, runGraph, seededFloat16 } from "../../../../test/support/run-graph.ts";
import { hasShared } from "../../../../test/support/shared.ts";
import { multiScaleRetinex } from "./multi-scale-retinex.ts";
import { msrNetNetworks } from "./networks.ts";

describe("multi-scale Retinex as a network", () => {
  const sigmasPx = [2, 4, 7];
  it.each([
    [23, 31],
    [5, 40],
  ])("equals the direct formula on %i x %i pixels", async (height, width) => {
    const image = seededFloat16("msr", 3, [1, 3, height, width], [0, 1]);
    const picture = input("image", [anySize.batch, 3, anySize.height, anySize.width]);
    const graph = createGraph("msr", [picture], { reflectance: multiScaleRetinex(picture, sigmasPx) });
    const { reflectance } = await runGraph(graph, new Map(), { image });
    const expected = [0, 1, 2].flatMap((channel) => {
      const plane = [...image.values.subarray(channel * height * width, (channel + 1) * height * width)];
      return directRetinex(plane, height, width);
    });
    expect(largestDifference(reflectance.values, expected)).toBeLessThan(2e-6);
  });

  /** ln(1 + I) less the mean of ln(1 + blur), every scale blurred on its own, in float64. */
  function directRetinex(plane: readonly number[], height: number, width: number): number[] {
    const levels = plane.map((value) => 255 * value);
    const surrounds = sigmasPx.map((sigma) => directBlur(levels, height, width, sigma));
    return levels.map(
      (level, i) =>
        Math.log1p(level) - surrounds.reduce((sum, surround) => sum + Math.log1p(surround[i]), 0) / surrounds.length,
    );
  }

  function directBlur(plane: readonly number[], height: number, width: number, sigma: number): number[] {
    const reach = Math.ceil(6 * sigma);
    const offsets = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
    const weights = offsets.map((offset) => Math.exp(-(offset ** 2) / (2 * sigma ** 2)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mirrored = (i: number, side: number) => {
      const phase = ((i % (2 * side - 2)) + 2 * side - 2) % (2 * side - 2);
      return Math.min(phase, 2 * side - 2 - phase);
    };
    const along = (values: readonly number[], at: (x: number, y: number, offset: number) => number) =>
      values.map((_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        return offsets.reduce((sum, offset, k) => sum + weights[k] * values[at(x, y, offset)], 0) / total;
      });
    const rows = along(plane, (x, y, offset) => y * width + mirrored(x + offset, width));
    return along(rows, (x, y, offset) => mirrored(y + offset, height) * width + x);
  }

  it.skipIf(!hasShared)(
    "equals classical MSR with the usual scales, but for where OpenCV cuts its Gaussians off",
    async () => {
      const image = goldenModelTensors("inputs.safetensors")("b");
      const { reflectance } = await runGraph(msrNetNetworks.classical.build(), new Map(), { image });
      const { values } = goldenModelTensors("classical/he_clahe_retinex.safetensors")("odd.msr");
      // OpenCV's Gaussians end at four sigmas, these at five: 5e-5.
      expect(largestDifference(reflectance.values, values)).toBeLessThan(1e-4);
    },
  );
});
