// Whole trainings of networks of millions of weights, and of one on a software adapter: checkpoints of 320 MB, half a minute
// each. MSR-net, RetinexNet and Zero-DCE are trained on every commit.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeOnnx } from "@kindling/nets";
import { requireWeights } from "@kindling/nets/internal";
import { describe, expect, test } from "vitest";
import { gpuEnvironment } from "../support/gpu-process.ts";
import { perceptualModel } from "../support/perceptual-model.ts";
import { runKindling } from "../support/run-kindling.ts";
import { hasShared, sharedPath } from "../support/shared.ts";
import { dataOf, metricsOf, small, tensorsOf } from "../support/training-run.ts";

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
  });

  test("preserves by the features of any ONNX network what EnlightenGAN's pictures show", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const folders = ["--dark", join(data, "low"), "--normal", join(data, "normal")];
    const size = ["--steps", "1", "--batch", "1", "--crop", "32"];
    const model = join(data, "model.onnx");
    writeFileSync(model, perceptualModel());
    const words = ["train", "enlightengan", ...folders, ...size, "-o", run, "--perceptual", model];
    expect(await runKindling([...words, "--perceptual-layer", "features"])).toMatchObject({ status: 0, stderr: "" });
    expect(Number(metricsOf(run)[0]?.["patch-features"])).toBeGreaterThan(0);
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
  });

  test("trains KinD's stages one after the other, and writes all its networks", async () => {
    const data = await dataOf();
    const run = join(data, "..", "run");
    const words = ["train", "kind", "--pairs", data, "--steps", "2", "--batch", "1", "--crop", "16", "-o", run];
    expect(await runKindling([...words, "--validate", "val"])).toMatchObject({ status: 0, stderr: "" });
    const rows = metricsOf(run);
    const nets = ["decomposition", "restoration", "adjustment"];
    const stages = [...nets, "together"];
    expect(rows.map(({ stage, step }) => `${stage} ${step}`)).toEqual(
      stages.flatMap((name) => [`${name} 1`, `${name} 2`]),
    );
    for (const { step, ...row } of rows) expect(row["validation-psnr"] !== "").toBe(step === "2");
    const systems = ["analysis", "relight", "blind", "with-reference"].map((part) => `kind+root-${part}`);
    for (const name of [...nets.map((part) => `kind-${part}`), ...systems]) {
      const { graph, weights } = decodeOnnx(readFileSync(join(run, `${name}.onnx`)), name);
      requireWeights(graph, weights);
    }
  });

  test("learns on a GPU what it learns on the processor", async (context) => {
    const data = await dataOf();
    const [cpu, gpu] = ["cpu", "gpu"].map((name) => join(data, "..", name));
    const found = Object.entries(gpuEnvironment()).flatMap(([name, value]) =>
      ["LD_LIBRARY_PATH", "VK_ICD_FILENAMES"].includes(name) ? [`${name}=${value}`] : [],
    );
    const onGpu = await runKindling([...small(data, gpu, 3), "--device", "webgpu"], ["env", ...found]);
    context.skip(onGpu.stderr.includes("no usable GPU"), "there is no WebGPU adapter");
    expect(onGpu.status).toBe(0);
    await runKindling(small(data, cpu, 3));
    const totals = (run: string) => metricsOf(run).map(({ total }) => Number(total));
    for (const [i, total] of totals(gpu).entries()) expect(total / (totals(cpu)[i] ?? 0)).toBeCloseTo(1, 3);
    // The state stayed on the GPU between steps: what is saved is what the last one left there.
    const [onCpu, back] = [tensorsOf(cpu), tensorsOf(gpu)];
    expect([...back.keys()].sort()).toEqual([...onCpu.keys()].sort());
    for (const [name, { values }] of onCpu) {
      const there = Float32Array.from(back.get(name)!.values);
      const meanOf = (of: (value: number, i: number) => number) =>
        Float32Array.from(values).reduce((sum, value, i) => sum + Math.abs(of(value, i)), 0) / values.length;
      const difference = meanOf((value, i) => value - there[i]!);
      expect(difference, name).toBeLessThan(
        0.01 *
          Math.max(
            meanOf((value) => value),
            1e-3,
          ),
      );
    }
  });
});
