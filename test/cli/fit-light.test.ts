import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openEnhancer, openModelStore, readPhoto } from "@kindling/node";
import { predictLight } from "@kindling/node/internal";
import { fitLight } from "@kindling/node/lab";
import { expect, test } from "vitest";
import { addModel, modelsFolder } from "../support/model-folder.ts";
import { jsonLines, runKindling, runKindlingHere } from "../support/run-kindling.ts";
import { dataOf } from "../support/training-run.ts";

test("puts into the manifest what the enhancer then goes by", async () => {
  const network = "kind";
  const models = modelsFolder();
  await addModel(models, network, "trial");
  const pairs = await dataOf(["a", "b", "c"]);
  const options = { method: `${network}.trial`, models, pairs: [pairs], device: "cpu" } as const;
  const steps: string[] = [];
  const onProgress = (done: number, total: number, doing: string) => steps.push(`${done}/${total} ${doing}`);
  const report = await fitLight({ ...options, split: "train", validate: "val", bright: true, onProgress });
  expect(steps).toEqual(["0/2 train: a", "1/2 train: b", "2/2 train", "0/1 val: c", "1/1 val"]);
  expect(report).toMatchObject({ pairs: 2, manifest: join(models, network, "trial.json") });
  for (const { best, automatic, greatest } of [report.figures, report.validation!]) {
    expect(best).toBeGreaterThanOrEqual(automatic);
    expect(best).toBeGreaterThanOrEqual(greatest);
  }

  const { light } = await openModelStore(models).manifest(network, "trial");
  expect(light).toEqual(report.model);
  // Of the bright photos, which were learnt from too.
  expect(light!.min).toBeLessThanOrEqual(1);
  const enhancer = await openEnhancer({ method: network, models, device: "cpu" });
  const scene = await enhancer.analyse(await readPhoto(join(pairs, "low/a.png")));
  // The model predicts the network's own level.
  const { features, relight } = scene.ownLevels!;
  const [automatic, predicted] = [await scene.relight(), await relight(predictLight(light!, features))];
  await enhancer.close();
  expect(automatic).toEqual(predicted);
});

test("kindling fit-light prints figures, as text or as JSON, and changes nothing in a dry run", async () => {
  const models = modelsFolder();
  await addModel(models, "kind", "trial");
  const manifest = join(models, "kind/trial.json");
  const before = readFileSync(manifest, "utf8");
  const pairs = await dataOf(["a", "b", "c", "d"]);
  const words = ["fit-light", "kind.trial", "--models", models, "--pairs", pairs, "--most", "2", "--device", "cpu"];
  const dry = await runKindling([...words, "--dry-run", "--json"]);
  expect(dry).toMatchObject({ status: 0, stderr: "" });
  expect(jsonLines(dry.stdout)).toMatchObject([{ method: "kind.trial", pairs: 2, figures: expect.any(Object) }]);
  expect(readFileSync(manifest, "utf8")).toBe(before);
  const { status, stdout } = await runKindlingHere([...words, "--validate", "val"]);
  expect(stdout).toMatch(/^2 pairs, penalty /);
  expect(stdout).toMatch(/^train, left out: PSNR at the best level \d+\.\d\d dB, automatic \d+\.\d\d/m);
  expect(stdout).toMatch(/^val: PSNR at the best level/m);
  expect(stdout).toContain(`-> ${manifest}`);
  expect(status).toBe(0);
  expect(readFileSync(manifest, "utf8")).toMatch(/"light": \{/);
});

test("stopped, it leaves the manifest as it was", async () => {
  const models = modelsFolder();
  await addModel(models, "kind", "trial");
  const manifest = join(models, "kind/trial.json");
  const before = readFileSync(manifest, "utf8");
  const stopping = new AbortController();
  const onProgress = (done: number) => {
    if (done === 1) stopping.abort();
  };
  const options = { method: "kind.trial", models, pairs: [await dataOf()], split: "train", device: "cpu" } as const;
  const fitting = fitLight({ ...options, signal: stopping.signal, onProgress });
  await expect(fitting).rejects.toMatchObject({ code: "cancelled" });
  expect(readFileSync(manifest, "utf8")).toBe(before);
});

test("says what is wrong with the network or the data", async () => {
  const models = modelsFolder();
  await addModel(models, "msr-net", "trial");
  await addModel(models, "ember", "trial");
  await addModel(models, "kind", "trial");
  const pairs = await dataOf(["a", "b"]);
  const tryToFit = (method: string, source = pairs) => fitLight({ method, models, pairs: [source], split: "train" });
  await expect(tryToFit("msr-net.trial")).rejects.toThrow(/msr-net\.trial takes no light level of its own/);
  await expect(tryToFit("ember.trial")).rejects.toThrow(/ember\.trial takes no light level of its own/);
  await expect(tryToFit("kind.gone")).rejects.toThrow(/kind\.gone: there are no such weights in /);
  await expect(tryToFit("kind.trial")).rejects.toThrow(/expected two pairs or more of the split train, got 1/);
  await expect(tryToFit("kind.trial", join(pairs, "gone"))).rejects.toThrow(/gone: there is no such file/);
  rmSync(join(pairs, "normal/a.png"));
  await expect(tryToFit("kind.trial")).rejects.toThrow(/low\/a\.png: it has no partner/);
});

test("kindling fit-light says what is wrong with its words", async () => {
  const { status, stderr } = await runKindlingHere(["fit-light", "kind.trial"]);
  expect(stderr).toMatch(/--pairs: expected a folder of pairs/);
  expect(status).toBe(2);
});
