import { maxLight, minLight } from "@kindling/browser";
import { expect, test } from "vitest";
import { greatestStops, leastStops, lightOfStops, stopsOfLight, stopsStep } from "./light-stops.ts";

test("the slider runs in stops over all levels, and light 1 is one of its positions", () => {
  expect([leastStops, greatestStops]).toEqual([-3.3, 7]);
  expect(lightOfStops(greatestStops)).toBe(maxLight);
  expect(lightOfStops(leastStops)).toBeGreaterThanOrEqual(minLight);
  // As a browser counts from the least position.
  const positions = Array.from({ length: 104 }, (_, i) => leastStops + i * stopsStep);
  expect(positions.map(lightOfStops).filter((light) => light === 1)).toHaveLength(1);
  expect(lightOfStops(1)).toBe(2);
});

test("a level's position gives that level back, within the slider's ends", () => {
  for (const light of [0.5, 1, 3, 100]) expect(lightOfStops(stopsOfLight(light))).toBeCloseTo(light, 9);
  expect(stopsOfLight(minLight)).toBe(leastStops);
});
