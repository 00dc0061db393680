import fc from "fast-check";
import { expect, test } from "vitest";
import { drawInEpochs } from "./draw-in-epochs.ts";
import { groupExposures } from "./group-exposures.ts";

const seed = fc.integer();

test("every epoch holds each thing once", () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 30 }), fc.nat(5), (anySeed, count, epoch) => {
      const run = drawInEpochs(anySeed, "things", count, epoch * count, count);
      expect(run.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }),
  );
});

test("a piece from the middle is what a run from the start has there", () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 9 }), fc.nat(40), fc.nat(40), (anySeed, count, first, length) => {
      const whole = drawInEpochs(anySeed, "things", count, 0, first + length);
      expect(drawInEpochs(anySeed, "things", count, first, length)).toEqual(whole.slice(first));
    }),
  );
});

test("epochs, names and seeds differ", () => {
  const order = (anySeed: number, name: string, epoch: number) =>
    drawInEpochs(anySeed, name, 20, epoch * 20, 20).join();
  expect(new Set([order(1, "a", 0), order(1, "a", 1), order(1, "b", 0), order(2, "a", 0)]).size).toBe(4);
});

test("pairs that share a picture are one scene, however late that shows", () => {
  const pairs: [number, number][] = [
    [1, 2],
    [5, 6],
    [3, 4],
    [3, 2],
    [1, 4],
  ];
  expect(groupExposures(pairs)).toEqual([
    [3, 4, 1, 2],
    [5, 6],
  ]);
});
