import { type ChannelCount, createRandom, finish } from "@kindling/core";
import { areaReduce, heldSamples } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { reducePhoto, reduceToOverview } from "./reduce-photo.ts";

/** Noise of a size, and its colours as planes. */
function noise(width: number, height: number, channels: ChannelCount) {
  const random = createRandom(1, "reduce");
  const samples = Float32Array.from({ length: width * height * channels }, () => random());
  const planes = (channels < 3 ? [0, 0, 0] : [0, 1, 2]).map((channel) => ({
    width,
    height,
    values: samples.filter((_, i) => i % channels === channel),
  }));
  return { picture: { width, height, channels, samples }, planes };
}

/** The greatest difference of a value from that of the planes reduced by area. */
function strayed(
  planes: readonly Parameters<typeof areaReduce>[0][],
  side: [number, number],
  at: (c: number, i: number) => number,
) {
  const differences = planes.flatMap((plane, c) =>
    [...finish(areaReduce(plane, ...side)).values].map((value, i) => Math.abs(value - at(c, i))),
  );
  return Math.max(...differences);
}

test.each([1, 2, 3, 4] as const)("a photo of %i channels is halved as its planes are, to half a step", (channels) => {
  for (const [width, height] of [
    [24, 18],
    [23, 17],
    [1, 5],
  ] as const) {
    const { picture, planes } = noise(width, height, channels);
    const reduced = finish(reducePhoto(picture, 2));
    const side: [number, number] = [Math.ceil(width / 2), Math.ceil(height / 2)];
    expect([reduced.width, reduced.height, reduced.channels]).toEqual([...side, 3]);
    const { values, step } = heldSamples(reduced);
    expect(step).toBe(1 / 65535);
    expect(strayed(planes, side, (c, i) => (values[3 * i + c] ?? 0) * step)).toBeLessThan(0.51 * step);
  }
});

test.each([1, 2, 3, 4] as const)(
  "the overview sees a photo of %i channels, larger or smaller, as its planes reduced",
  (channels) => {
    for (const [width, height] of [
      [200, 31],
      [64, 64],
      [3, 150],
    ] as const) {
      const { picture, planes } = noise(width, height, channels);
      const { shape, values } = finish(reduceToOverview(picture));
      expect(shape).toEqual([1, 3, 64, 64]);
      expect(strayed(planes, [64, 64], (c, i) => values[c * 64 ** 2 + i] ?? 0)).toBeLessThan(1e-6);
    }
  },
);
