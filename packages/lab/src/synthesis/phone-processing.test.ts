import { createPicture, encodeSrgb, type Picture } from "@kindling/core";
import { expect, test } from "vitest";
import { type CameraSettings, perfectCamera } from "./camera-settings.ts";
import { invertMatrix, mixColourMatrix } from "./colour-matrix.ts";
import { recordScene } from "./expose-dark.ts";

const side = 160;
const colourMatrix = mixColourMatrix([0.25, 0.25, 0.25, 0.25]);

/** An ordinary camera at a middle noise. */
const camera: CameraSettings = {
  ...perfectCamera,
  channelGains: [2.1, 1, 1.7],
  colourMatrix,
  correctionMatrix: invertMatrix(colourMatrix),
  mosaic: 2,
  noise: { a: 1e-3, b: 1e-6, readShape: 0.1, rowShare: 0.07 },
  converterBits: 12,
  recordedBits: 8,
};

const phone: CameraSettings = {
  ...camera,
  processing: { lumaDenoising: 0.6, chromaDenoising: 0.8, sharpening: 0.3 },
};

function recordFlat(light: number, shown: CameraSettings): Picture {
  const scene = createPicture(side, side, 3);
  scene.samples.fill(light);
  return recordScene(scene, shown, 3);
}

/** Deviations from the mean of a sum of channels, rows from the top. */
function deviations({ samples }: Picture, weights: readonly number[]): Float64Array {
  const values = Float64Array.from({ length: side * side }, (_, i) =>
    weights.reduce((sum, weight, c) => sum + weight * samples[3 * i + c], 0),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0) / a.length;

/** Correlation of each pixel with its right neighbour. */
function neighbourCorrelation(values: Float64Array): number {
  return product(values.subarray(0, -1), values.subarray(1)) / product(values, values);
}

const luma = [0.299, 0.587, 0.114];
const redness = [0.701, -0.587, -0.114];

test("noise of a finished grey frame is correlated between neighbours, more in colour than in luma, and coloured", () => {
  const plain = recordFlat(0.05, camera);
  expect(neighbourCorrelation(deviations(plain, redness))).toBeGreaterThan(0.25);
  const processed = recordFlat(0.05, phone);
  expect(neighbourCorrelation(deviations(processed, luma))).toBeGreaterThan(0.3);
  expect(neighbourCorrelation(deviations(processed, redness))).toBeGreaterThan(0.6);
  // Colour is no small part of the noise before its reduction.
  const [grey, colour] = [deviations(plain, luma), deviations(plain, redness)];
  expect(product(colour, colour)).toBeGreaterThan(0.5 * product(grey, grey));
});

test("noise reduction lowers the noise of luma and that of colour more, and keeps the mean", () => {
  const [plain, processed] = [recordFlat(0.05, camera), recordFlat(0.05, phone)];
  const ratio = (weights: readonly number[]) => {
    const [before, after] = [deviations(plain, weights), deviations(processed, weights)];
    return product(after, after) / product(before, before);
  };
  expect(ratio(luma)).toBeLessThan(0.6);
  expect(ratio(redness)).toBeLessThan(0.3);
  const meanOf = ({ samples }: Picture) => samples.reduce((sum, value) => sum + value, 0) / samples.length;
  expect(Math.abs(meanOf(processed) - meanOf(plain))).toBeLessThan(0.5 / 255);
});

test("noise reduction keeps an edge that stands out of the noise", () => {
  const scene = createPicture(40, 30, 3);
  for (let i = 0; i < scene.samples.length; i++) scene.samples[i] = i % 120 < 60 ? 0.02 : 0.6;
  const { samples } = recordScene(scene, { ...phone, processing: { ...phone.processing, sharpening: 0 } }, 1);
  const columnMean = (x: number) =>
    Array.from({ length: 30 }, (_, y) => samples[3 * (40 * y + x) + 1]).reduce((a, b) => a + b) / 30;
  expect(columnMean(17)).toBeCloseTo(encodeSrgb(0.02), 1);
  expect(columnMean(22)).toBeCloseTo(encodeSrgb(0.6), 1);
});

test("sharpening steepens an edge of a noiseless photo and leaves flat places", () => {
  const scene = createPicture(40, 30, 1);
  for (let i = 0; i < scene.samples.length; i++) scene.samples[i] = i % 40 < 20 ? 0.1 : 0.4;
  const crisp = { ...perfectCamera, processing: { lumaDenoising: 0, chromaDenoising: 0, sharpening: 1 } };
  const { samples } = recordScene(scene, crisp, 1);
  expect(samples[40 * 15 + 5]).toBeCloseTo(encodeSrgb(0.1), 5);
  expect(samples[40 * 15 + 19]).toBeLessThan(encodeSrgb(0.1) - 0.05);
  expect(samples[40 * 15 + 20]).toBeGreaterThan(encodeSrgb(0.4) + 0.05);
});

test("an error of the black level makes shadows purple above it and green below", () => {
  const tint = (blackLevelError: number) => {
    const { samples } = recordFlat(0.01, { ...camera, noise: perfectCamera.noise, blackLevelError });
    const i = 3 * (80 * side + 80);
    return (samples[i] + samples[i + 2]) / 2 - samples[i + 1];
  };
  expect(tint(2e-3)).toBeGreaterThan(2 / 255);
  expect(tint(-2e-3)).toBeLessThan(-2 / 255);
});
