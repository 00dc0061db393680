import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { lpips } from "@kindling/core";
import * as nets from "@kindling/nets";
import { openSession, readPhoto } from "@kindling/node";
import { expect, onTestFinished, test } from "vitest";
import { writePairs } from "../support/pair-data.ts";
import { runKindling, runKindlingHere, scratchFolder } from "../support/run-kindling.ts";

/** Writes a backbone of two layers and weights for them. */
function writeLpipsModel(folder: string): { backbone: string; weights: string } {
  const { batch, height, width } = nets.anySize;
  const image = nets.input("image", [batch, 3, height, width]);
  const net = nets.createScope().at("backbone");
  const first = nets.relu(nets.convolution(net.at("first"), image, { channels: 4 }));
  const second = nets.relu(nets.convolution(net.at("second"), first, { channels: 6, stride: 2 }));
  const graph = nets.createGraph("backbone", [image], { first, second });
  const files = { backbone: join(folder, "backbone.onnx"), weights: join(folder, "weights.safetensors") };
  writeFileSync(files.backbone, nets.encodeOnnx(graph, nets.initialise(graph, 1)));
  const ones = (channels: number) => ({ shape: [1, channels, 1, 1], values: new Float32Array(channels).fill(1) });
  const weights = new Map([
    ["lin0", ones(4)],
    ["lin1", ones(6)],
  ]);
  writeFileSync(files.weights, nets.writeSafetensors(weights));
  return files;
}

test("LPIPS over an ONNX backbone is measured by metrics and evaluate alike, 0 for equal photos", async () => {
  const data = scratchFolder();
  await writePairs(data, ["a", "b", "c"]);
  const { backbone, weights } = writeLpipsModel(data);
  const models = ["--lpips-backbone", backbone, "--lpips-weights", weights, "--json"];
  const [low, normal] = ["low", "normal"].map((part) => join(data, part, "b.png"));

  const session = await openSession(backbone, { device: "cpu" });
  onTestFinished(() => session.dispose());
  const [dark, bright] = await Promise.all([low, normal].map(async (file) => (await readPhoto(file)).picture));
  const model = { backbone: session, weights: [new Array(4).fill(1), new Array(6).fill(1)] };
  const wanted = await lpips(dark, bright, model);
  expect(wanted).toBeGreaterThan(0.01);
  expect(await lpips(bright, bright, model)).toBe(0);

  const alone = JSON.parse((await runKindling(["metrics", low, normal, ...models])).stdout);
  expect(alone.lpips).toBeCloseTo(wanted, 6);
  const { status, stdout, stderr } = await runKindlingHere(["evaluate", join(data, "low"), "--pairs", data, ...models]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout).methods[0].images[1].lpips).toBeCloseTo(wanted, 6);
});

test("half a model is refused, and files that are none are named", async () => {
  const data = scratchFolder();
  await writePairs(data, ["a"]);
  const { backbone, weights } = writeLpipsModel(data);
  const photo = join(data, "low", "a.png");
  const half = await runKindlingHere(["metrics", photo, photo, "--lpips-backbone", backbone]);
  expect(half).toMatchObject({ status: 2, stderr: expect.stringMatching(/needs both/) });
  const swapped = ["--lpips-backbone", weights, "--lpips-weights", backbone];
  const wrong = await runKindlingHere(["metrics", photo, photo, ...swapped]);
  expect(wrong.stderr).toMatch(/backbone\.onnx: not a safetensors file/);
  expect(wrong.status).toBe(1);
  const none = join(data, "none.safetensors");
  const missing = await runKindlingHere(["evaluate", "gamma", "--pairs", data, "--niqe-model", none]);
  expect(missing.stderr).toMatch(/none\.safetensors: there is no such file/);
});
