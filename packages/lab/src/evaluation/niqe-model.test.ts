import { createPicture, createRandom, niqe, type Picture } from "@kindling/core";
import { writeSafetensors } from "@kindling/nets";
import { expect, test } from "vitest";
import { estimateNiqeModel, readNiqeModel, writeNiqeModel } from "./niqe-model.ts";

/** Noise of many scales, about as structured as a photograph; `strength` of fine noise on top. */
function drawTexture(seed: number, strength = 0): Picture {
  const random = createRandom(seed, "texture");
  const waves = Array.from({ length: 40 }, () => ({ x: random() - 0.5, y: random() - 0.5, phase: 6 * random() }));
  const picture = createPicture(288, 288, 1);
  picture.samples.forEach((_, i) => {
    const [x, y] = [i % 288, Math.floor(i / 288)];
    const sum = waves.reduce(
      (total, wave, k) => total + Math.sin(((wave.x * x + wave.y * y) * 40) / (k + 4) + wave.phase),
      0,
    );
    picture.samples[i] = Math.min(1, Math.max(0, 0.5 + 0.06 * sum + strength * (random() - 0.5)));
  });
  return picture;
}

const photos = Array.from({ length: 12 }, (_, i) => drawTexture(i));

test("a model of good photos scores a noisy photo worse than a clean one it has not seen", () => {
  const model = estimateNiqeModel(photos);
  expect(niqe(drawTexture(99, 0.5), model)).toBeGreaterThan(1.5 * niqe(drawTexture(99), model));
});

test("a model is written and read back to float32", () => {
  const model = estimateNiqeModel(photos);
  const read = readNiqeModel(writeNiqeModel(model), "model.safetensors");
  expect(Array.from(read.mean)).toEqual(Array.from(Float32Array.from(model.mean)));
  expect(Array.from(read.covariance)).toEqual(Array.from(Float32Array.from(model.covariance)));
});

test("too few photos are refused with how many blocks they have", () => {
  expect(() => estimateNiqeModel([drawTexture(1)])).toThrow(/more than 36 sharp blocks; these photos have \d+/);
});

test("a file that is no NIQE model is refused by name", () => {
  const other = writeSafetensors(new Map([["mu_pris_param", { shape: [3], values: Float32Array.of(1, 2, 3) }]]));
  expect(() => readNiqeModel(other, "other.safetensors")).toThrow(/other\.safetensors: .*36.*mu_pris_param.*has 3/);
  expect(() => readNiqeModel(new Uint8Array(20), "x.bin")).toThrow(/x\.bin/);
});
