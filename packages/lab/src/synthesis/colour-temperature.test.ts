import fc from "fast-check";
import { expect, test } from "vitest";
import { lightOfKelvin } from "./colour-temperature.ts";

test("daylight has no colour", () => {
  for (const gain of lightOfKelvin(6504)) expect(gain).toBeCloseTo(1, 12);
});

test("a bulb is warm and shade is blue", () => {
  const [bulbRed, , bulbBlue] = lightOfKelvin(2856);
  const [shadeRed, , shadeBlue] = lightOfKelvin(10_000);
  expect(bulbRed).toBeGreaterThan(1.5);
  expect(bulbBlue).toBeLessThan(0.5);
  expect(shadeRed).toBeLessThan(1);
  expect(shadeBlue).toBeGreaterThan(1);
});

test("CIE illuminant A has the red and blue that its chromaticity gives by hand", () => {
  // x 0.44757, y 0.40745 at 2856 K; XYZ (1.09847, 1, 0.35582); over D65's Planckian neighbour (0.3134, 0.3235).
  const [red, , blue] = lightOfKelvin(2856);
  const illuminant = linearSrgb(0.44757, 0.40745);
  const white = linearSrgb(0.3134, 0.3235);
  expect(red).toBeCloseTo(illuminant[0] / white[0] / (illuminant[1] / white[1]), 1);
  expect(blue).toBeCloseTo(illuminant[2] / white[2] / (illuminant[1] / white[1]), 1);
});

test("the warmer the light, the more red and the less blue", () => {
  const kelvin = fc.double({ min: 1700, max: 24_000, noNaN: true });
  fc.assert(
    fc.property(kelvin, fc.double({ min: 50, max: 1000, noNaN: true }), (warm, step) => {
      const [warmRed, , warmBlue] = lightOfKelvin(warm);
      const [coldRed, , coldBlue] = lightOfKelvin(warm + step);
      expect(warmRed).toBeGreaterThan(coldRed);
      expect(warmBlue).toBeLessThanOrEqual(coldBlue);
    }),
  );
});

test.each([1000, 30_000, Number.NaN])("%d K is refused: the fit does not hold there", (kelvin) => {
  expect(() => lightOfKelvin(kelvin)).toThrow("1700 to 25000");
});

function linearSrgb(x: number, y: number): readonly [number, number, number] {
  const X = x / y;
  const Z = (1 - x - y) / y;
  return [3.2406 * X - 1.5372 - 0.4986 * Z, -0.9689 * X + 1.8758 + 0.0415 * Z, 0.0557 * X - 0.204 + 1.057 * Z];
}
