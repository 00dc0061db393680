import { expect, test } from "vitest";
import {
  formatLight,
  formatStops,
  keepsLight,
  lightOfMeans,
  maxLight,
  minLight,
  parseLight,
  requireLight,
} from "./light.ts";

test.each([
  ["auto", "auto"],
  ["2", 2],
  ["2.0x", 2],
  ["0.1", minLight],
  ["128", maxLight],
  ["+1ev", 2],
  ["-0.5ev", 2 ** -0.5],
  ["1.5 EV", 2 ** 1.5],
  [" +7EV ", maxLight],
])("reads %s as %s", (text, light) => {
  expect(parseLight(text)).toBe(light);
});

test.each([
  "",
  "ev",
  "+ev",
  "two",
  "0",
  "0.05",
  "129",
  "+8ev",
  "-4ev",
  "Infinity",
  "1ev2",
  "--1ev",
  "1,5",
  "+1",
  "-1x",
  "0x10",
])("refuses %j", (text) => {
  expect(() => parseLight(text)).toThrow(
    `light: expected auto, a number from 0.1 to 128, or stops such as +1ev; got ${text}.`,
  );
});

test("writes levels as factors and stops", () => {
  expect([1, 2, 0.5, 0.99, 11.3].map(formatStops)).toEqual(["0.0 EV", "+1.0 EV", "-1.0 EV", "0.0 EV", "+3.5 EV"]);
  expect([formatLight(2), formatLight(0.7)]).toEqual(["2.0x (+1.0 EV)", "0.70x (-0.5 EV)"]);
});

test("a level between two means stays within the range, and a black photo's is 1", () => {
  expect([lightOfMeans(0.2, 0.1), lightOfMeans(1, 1e-6), lightOfMeans(0, 1)]).toEqual([2, maxLight, minLight]);
  expect(lightOfMeans(0.3, 0)).toBe(1);
});

test("numbers outside the range are refused", () => {
  for (const light of [0, 0.09, 128.1, Number.NaN]) {
    expect(() => requireLight(light)).toThrow(`light: expected auto or a number from 0.1 to 128; got ${light}.`);
  }
});

test("a number as text, as forms give it, is refused rather than taken for auto", () => {
  expect(() => requireLight("2" as unknown as number)).toThrow('expected auto or a number from 0.1 to 128; got "2".');
});

test("a light that is less than a quarter of a stop off keeps a photo's light", () => {
  expect([1, 1.15, 0.87].map(keepsLight)).toEqual([true, true, true]);
  expect([1.3, 0.75, 9].map(keepsLight)).toEqual([false, false, false]);
});
