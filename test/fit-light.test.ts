import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openEnhancer, openModelStore, readPhoto } from "@kindling/node";
import { expect, test } from "vitest";
import { addModel, modelsFolder } from "./support/model-folder.ts";
import { dataOf } from "./support/training-run.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

test("fitting the light puts into the manifest what the enhancer then goes by", async () => {
  const models = modelsFolder();
  await addModel(models, "kind", "trial");
  const pairs = await dataOf();
  const words = ["kind.trial", "--models", models, "--pairs", pairs, "--validate", "val", "--split", "train"];
  const script = ["--import", "tsx", join(root, "scripts/fit-light.ts"), ...words];
  const printed = execFileSync(process.execPath, script, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  expect(printed).toMatch(/^train, left out: PSNR at the best level \d+\.\d\d dB, automatic \d+\.\d\d/m);
  expect(printed).toMatch(/^val: PSNR at the best level/m);

  const { light } = await openModelStore(models).manifest("kind", "trial");
  const enhancer = await openEnhancer({ method: "kind", models, device: "cpu" });
  const { autoLight } = await enhancer.analyse(await readPhoto(join(pairs, "low/a.png")));
  await enhancer.close();
  expect(autoLight).toBeGreaterThanOrEqual(light!.min);
  expect(autoLight).toBeLessThanOrEqual(light!.max);
});
