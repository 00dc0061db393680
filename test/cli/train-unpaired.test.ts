import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { perceptualModel } from "../support/perceptual-model.ts";
import { runKindling, runKindlingHere } from "../support/run-kindling.ts";
import { hasShared, sharedPath } from "../support/shared.ts";
import { dataOf, metricsOf } from "../support/training-run.ts";

describe("kindling train", () => {
  test("trains Zero-DCE on two folders that have nothing to do with each other", async () => {
    const data = await dataOf(["a", "b"]);
    const run = join(data, "..", "run");
    const folders = ["--dark", join(data, "low"), "--normal", join(data, "normal")];
    const size = ["--steps", "2", "--batch", "1", "--crop", "32", "-o", run];
    expect(await runKindling(["train", "zero-dce", ...folders, ...size])).toMatchObject({ status: 0, stderr: "" });
    expect(metricsOf(run).map(({ exposure }) => Number(exposure) > 0)).toEqual([true, true]);
    expect(existsSync(join(run, "zero-dce.onnx"))).toBe(true);
    const small = await runKindlingHere(["train", "enlightengan", ...folders, "--crop", "16", "-o", `${run}-small`]);
    expect(small.stderr).toMatch(/--crop 16: enlightengan takes 32 px or more/);
    expect((await runKindlingHere(["train", "enlightengan"])).stderr).toMatch(/--dark and --normal, or --pairs/);
    const repeated = await runKindlingHere(["train", "enlightengan", "--pairs", data, "--repeat", "2"]);
    expect(repeated.stderr).toMatch(/--repeat/);
    expect((await runKindlingHere(["train", "kind", ...folders])).stderr).toMatch(/give --pairs/);
  });

  test("names the layers of a model to see by, and asks for one", async () => {
    const data = await dataOf(["a", "b"]);
    const [model, run] = [join(data, "model.onnx"), join(data, "..", "run")];
    writeFileSync(model, perceptualModel());
    const words = ["train", "enlightengan", "--pairs", data, "--steps", "1", "-o", run, "--perceptual"];
    expect((await runKindlingHere([...words, model])).stderr).toMatch(/belong together/);
    expect((await runKindlingHere([...words, model, "--perceptual-layer", "none"])).stderr).toMatch(/has no none/);
    if (!hasShared) return;
    const weights = sharedPath("golden", "lpips_squeezenet11_mat_and_lin_weights.safetensors");
    const other = await runKindlingHere([...words, weights, "--perceptual-layer", "fire99"]);
    expect(other.stderr).toMatch(/has no fire99; choose one of conv1, fire2/);
    expect(existsSync(run)).toBe(false);
  });
});
