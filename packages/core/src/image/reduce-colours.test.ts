import { expect, test } from "vitest";
import { finish } from "../flow/steps.ts";
import { areaReduce } from "./area-reduce.ts";
import type { ChannelCount } from "./picture.ts";
import { createRandom } from "./random.ts";
import { reduceColours } from "./reduce-colours.ts";

test.each([
  ["RGB", 3, [0, 1, 2]],
  ["RGB with alpha", 4, [0, 1, 2]],
  ["grey", 1, [0, 0, 0]],
  ["grey with alpha", 2, [0, 0, 0]],
] as const)("%s is reduced and enlarged as its planes are", (_, channels: ChannelCount, taken) => {
  const [width, height] = [23, 17];
  const random = createRandom(1, "reduce");
  const samples = Float32Array.from({ length: width * height * channels }, () => random());
  const planes = finish(reduceColours({ width, height, channels, samples }, 8, 31));
  for (const [c, channel] of taken.entries()) {
    const values = Float32Array.from({ length: width * height }, (_, i) => samples[i * channels + channel]);
    expect(planes[c]).toEqual(finish(areaReduce({ width, height, values }, 8, 31)));
  }
});
