import { createRandom } from "@kindling/core";
import { expect, test } from "vitest";
import { apscSensor, type Sensor } from "./camera-settings.ts";
import { noiseModel, senseRow } from "./sensor-noise.ts";

const samples = 60_000;

function sense(light: number, sensor: Sensor, iso: number, channel: 0 | 1 | 2): { mean: number; variance: number } {
  const row = new Float32Array(samples).fill(light);
  senseRow(row, sensor, iso, channel, createRandom(7, `light ${light}`));
  const mean = row.reduce((sum, value) => sum + value, 0) / samples;
  return { mean, variance: row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples };
}

test("at ISO 100 a sample of white varies by the square root of its electrons", () => {
  const sensor: Sensor = { ...apscSensor, readElectrons: 0, converterElectrons: 0, rowElectrons: 0 };
  expect(noiseModel(sensor, 100, 1)).toEqual({ a: 1 / 30_000, b: 0 });
  expect(noiseModel(sensor, 3200, 1)).toEqual({ a: 32 / 30_000, b: 0 });
});

test("read noise is one variance in the dark, amplified with its channel", () => {
  const sensor: Sensor = { ...apscSensor, readElectrons: 3, converterElectrons: 4, rowElectrons: 0 };
  // sqrt(3^2 + 4^2) = 5 electrons of 30000, times 2 for red.
  expect(noiseModel(sensor, 100, 0).b).toBeCloseTo((10 / 30_000) ** 2, 15);
});

test.each([
  [0.05, 3200, 0],
  [0.2, 3200, 1],
  [0.5, 800, 2],
  [0.02, 400, 1],
] as const)("light %d at ISO %d, channel %d: mean is the light, variance a x + b", (light, iso, channel) => {
  const sensor: Sensor = { ...apscSensor, rowElectrons: 0, converterBits: 0 };
  const { a, b } = noiseModel(sensor, iso, channel);
  const { mean, variance } = sense(light, sensor, iso, channel);
  const expected = a * light + b;
  expect(Math.abs(mean - light)).toBeLessThan(5 * Math.sqrt(expected / samples));
  // Rounding to whole electrons above a mean of 64 adds a twelfth of an electron squared: far below five errors.
  expect(Math.abs(variance / expected - 1)).toBeLessThan(5 * Math.sqrt(2.2 / samples));
});

test("row noise moves a whole row together, and differently from row to row", () => {
  const sensor: Sensor = {
    ...apscSensor,
    readElectrons: 0,
    converterElectrons: 0,
    rowElectrons: 200,
    converterBits: 0,
  };
  const random = createRandom(9, "rows");
  const means = Array.from({ length: 400 }, () => {
    const row = new Float32Array(50).fill(0.5);
    senseRow(row, sensor, 100, 1, random);
    return row.reduce((sum, value) => sum + value, 0) / row.length - 0.5;
  });
  const deviation = Math.sqrt(means.reduce((sum, value) => sum + value ** 2, 0) / means.length);
  // 200 electrons of the row, and the mean of 50 counts of 15000 electrons: sqrt(200^2 + 15000 / 50).
  expect(deviation * 30_000).toBeGreaterThan(200.7 * 0.82);
  expect(deviation * 30_000).toBeLessThan(200.7 * 1.18);
});

test("the converter counts in whole steps", () => {
  const sensor: Sensor = { ...apscSensor, converterBits: 4, channelGains: [1, 1, 1] };
  const row = new Float32Array(500).fill(0.4);
  senseRow(row, sensor, 1600, 1, createRandom(1, "steps"));
  for (const value of row) expect(value * 15).toBeCloseTo(Math.round(value * 15), 5);
});
