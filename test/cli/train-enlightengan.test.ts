import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constant, conv, createGraph, encodeOnnx, freeDimension, input } from "@kindling/nets";
import { describe, expect, test } from "vitest";
import { runKindling } from "../support/run-kindling.ts";
import { hasShared, sharedPath } from "../support/shared.ts";
import { dataOf, metricsOf } from "../support/training-run.ts";

// 27 million parameters with their memory are 320 MB a checkpoint: slow on a busy disk, however few the steps.
const patient = { timeout: 240_000 };

describe("kindling train", patient, () => {
  test("trains EnlightenGAN on two folders that have nothing to do with each other", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const folders = ["--dark", join(data, "low"), "--normal", join(data, "normal")];
    const size = ["--steps", "1", "--batch", "1", "--crop", "32", "-o", run];
    expect(await runKindling(["train", "enlightengan", ...folders, ...size])).toMatchObject({ status: 0, stderr: "" });
    expect(metricsOf(run)[0]).toHaveProperty("global-discriminator");
    expect(existsSync(join(run, "enlightengan.onnx"))).toBe(true);
    const small = await runKindling(["train", "enlightengan", ...folders, "--crop", "16", "-o", `${run}-small`]);
    expect(small.stderr).toMatch(/--crop 16: enlightengan takes 32 px or more/);
    expect((await runKindling(["train", "enlightengan"])).stderr).toMatch(/--dark and --normal, or --pairs/);
    expect((await runKindling(["train", "enlightengan", "--pairs", data, "--repeat", "2"])).stderr).toMatch(/--repeat/);
    expect((await runKindling(["train", "kind", ...folders])).stderr).toMatch(/give --pairs/);
  });

  test("preserves by the features of any ONNX network what EnlightenGAN's pictures show", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const folders = ["--dark", join(data, "low"), "--normal", join(data, "normal")];
    const size = ["--steps", "1", "--batch", "1", "--crop", "32"];
    const image = input("image", [1, 3, freeDimension("height"), freeDimension("width")]);
    const weight = constant(
      Float32Array.from({ length: 108 }, (_, i) => Math.sin(i) / 100),
      [4, 3, 3, 3],
    );
    const model = join(data, "model.onnx");
    writeFileSync(model, encodeOnnx(createGraph("backbone", [image], { features: conv(image, weight) }), new Map()));
    const words = ["train", "enlightengan", ...folders, ...size, "-o", `${run}-seen`, "--perceptual", model];
    expect((await runKindling(words)).stderr).toMatch(/belong together/);
    expect((await runKindling([...words, "--perceptual-layer", "none"])).stderr).toMatch(/has no none/);
    expect(await runKindling([...words, "--perceptual-layer", "features"])).toMatchObject({ status: 0, stderr: "" });
    expect(Number(metricsOf(`${run}-seen`)[0]?.["patch-features"])).toBeGreaterThan(0);
  });

  test.skipIf(!hasShared)("preserves by SqueezeNet's features what pairs taken apart show", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const weights = sharedPath("golden", "lpips_squeezenet11_mat_and_lin_weights.safetensors");
    const words = ["train", "enlightengan", "--pairs", data, "--perceptual", weights, "-j", "1"];
    const size = ["--steps", "1", "--batch", "1", "--crop", "32"];
    expect(await runKindling([...words, ...size, "-o", run])).toMatchObject({ status: 0, stderr: "" });
    const [row] = metricsOf(run);
    expect(Number(row?.["features"])).toBeGreaterThan(0);
    expect(Number(row?.["patch-features"])).toBeGreaterThan(0);
    const other = await runKindling([...words, ...size, "-o", `${run}-other`, "--perceptual-layer", "fire99"]);
    expect(other.stderr).toMatch(/has no fire99; choose one of conv1, fire2/);
  });
});
