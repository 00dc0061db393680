import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom, fnv1a32 } from "./random.ts";

test("the hash of a name is the published FNV-1a value", () => {
  expect(fnv1a32("")).toBe(0x811c9dc5);
  expect(fnv1a32("a")).toBe(0xe40c292c);
  expect(fnv1a32("foobar")).toBe(0xbf9cf968);
});

test("a seed and a name give the numbers the golden fixtures were made with", () => {
  const random = createRandom(20240601, "de_conv1_1");
  const first = Array.from({ length: 5 }, random);
  expect(first).toEqual([
    0.16103090159595013, 0.139549411367625, 0.9131361255422235, 0.9679838411975652, 0.1847357447259128,
  ]);
});

test("numbers stay at least 0 and below 1, whatever the seed and the name", () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (seed, name) => {
      const random = createRandom(seed, name);
      for (let i = 0; i < 20; i++) {
        const value = random();
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(1);
      }
    }),
  );
});
