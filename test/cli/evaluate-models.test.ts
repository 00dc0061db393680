import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { anySize, createGraph, encodeOnnx, freeDimension, input, min, mul } from "@kindling/nets";
import sharp from "sharp";
import { expect, test } from "vitest";
import { runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";

/** A model that multiplies by a number, up to white. */
function gainModel(): Uint8Array {
  const image = input("image", [anySize.batch, 3, freeDimension("height"), freeDimension("width")]);
  const gain = input("gain", [1]);
  return encodeOnnx(createGraph("gain", [image, gain], { enhanced: min(mul(image, gain), 1) }), new Map());
}

async function pairsFolder(): Promise<string> {
  const data = scratchFolder();
  for (const folder of ["low", "normal"]) mkdirSync(join(data, folder));
  for (const name of ["1.png", "2.png"]) {
    const dark = Buffer.from(Array.from({ length: 24 * 18 * 3 }, (_, i) => (i * 7) % 61));
    const raw = { raw: { width: 24, height: 18, channels: 3 as const } };
    await sharp(dark, raw).toFile(join(data, "low", name));
    await sharp(
      dark.map((value) => value * 4),
      raw,
    ).toFile(join(data, "normal", name));
  }
  return data;
}

test("a model with the right gain gives the reference back, beside a method", async () => {
  const data = await pairsFolder();
  const model = join(data, "gain.onnx");
  writeFileSync(model, gainModel());
  const words = ["evaluate", `${model}:gain=4`, `${model}:gain=2`, "gamma", "--pairs", data, "--json"];
  const { status, stdout, stderr } = await runKindling(words);
  expect(stderr).toBe("");
  const { pairs, methods } = JSON.parse(stdout);
  expect(pairs).toBe(2);
  const [right, dark, gamma] = methods;
  expect(right.method).toBe(`${model}:gain=4`);
  expect(right.mean.ssim).toBeCloseTo(1, 6);
  expect(right.secondsPerImage).toBeGreaterThan(0);
  expect(dark.mean.psnr).toBeLessThan(30);
  expect(gamma.method).toBe("gamma");
  expect(status).toBe(0);
});

test("a model that is not there, is none, or lacks a number is told, and the others are measured", async () => {
  const data = await pairsFolder();
  const [model, none] = [join(data, "gain.onnx"), join(data, "none.onnx")];
  writeFileSync(model, gainModel());
  writeFileSync(none, "not a model");
  const missing = await runKindlingHere(["evaluate", join(data, "gone.onnx"), "--pairs", data]);
  expect(missing.stderr).toMatch(/gone\.onnx: there is no such file/);
  const { status, stdout } = await runKindlingHere(["evaluate", "he", none, model, "--pairs", data, "--json"]);
  const { methods, failures } = JSON.parse(stdout);
  expect(methods[0].mean.psnr).toBeGreaterThan(5);
  const messages = failures.map(({ message }: { message: string }) => message).join("\n");
  expect(messages).toMatch(/none\.onnx: ONNX Runtime cannot load it/);
  expect(messages).toMatch(/missing: gain/);
  expect(status).toBe(1);
});

test("a model on a GPU that is not there is told with the way out", async () => {
  const data = await pairsFolder();
  const model = join(data, "gain.onnx");
  writeFileSync(model, gainModel());
  const words = ["evaluate", `${model}:gain=4`, "--pairs", data, "--device", "webgpu", "--json"];
  const { status, stdout } = await runKindling(words, ["env", "VK_ICD_FILENAMES=/nowhere.json"]);
  const { failures } = JSON.parse(stdout);
  expect(failures[0].message).toMatch(/device webgpu: no usable GPU was found .*Use the device cpu instead/);
  expect(status).toBe(1);
});
