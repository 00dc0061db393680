import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { KindlingError, openEnhancer } from "@kindling/node";
import { writeModel } from "@kindling/node/lab";
import { describe, expect, test } from "vitest";
import { hostileModels, scalingModel } from "./support/onnx-bytes.ts";
import { scratchFolder } from "./support/run-kindling.ts";
import { samplePhoto } from "./support/sample-photo.ts";

const card = { title: "Hostile", about: "For tests.", licence: "none", trainedOn: [], parameters: 1 };

async function enhanceWith(bytes: Uint8Array): Promise<void> {
  const models = scratchFolder();
  await writeModel(models, { network: "msr-net", tag: "bad", ...card }, { whole: { bytes } });
  const enhancer = await openEnhancer({ method: "msr-net.bad", models, device: "cpu" });
  try {
    await (await enhancer.analyse(await samplePhoto())).relight({ light: "auto" });
  } finally {
    await enhancer.close();
  }
}

test("the model that the others are made from works", async () => {
  await enhanceWith(scalingModel(2));
});

describe("a hostile model ends in one line that names its file or its output", () => {
  test.each(Object.keys(hostileModels))("with %s", async (what) => {
    const error = await enhanceWith(hostileModels[what]!()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KindlingError);
    const { code, message } = error as KindlingError;
    expect(code).toBe("invalid-model");
    expect(message).not.toMatch(/\n/);
    expect(message.length).toBeLessThan(600);
  });
});

describe("a manifest is refused", () => {
  test.each([
    ["haloPx", 1e9],
    ["alignmentPx", 1e9],
    ["haloPx", -1],
    ["haloPx", 1.5],
  ])("with %s of %s", async (name, value) => {
    const models = scratchFolder();
    const tiling = { haloPx: 4, alignmentPx: 1 };
    await writeModel(
      models,
      { network: "msr-net", tag: "bad", ...card },
      { whole: { bytes: scalingModel(2), tiling } },
    );
    const manifest = { format: 1, network: "msr-net", tag: "bad", ...card };
    const part = { file: "bad.whole.onnx", bytes: 1, sha256: "0".repeat(64), ...tiling, [name]: value };
    writeFileSync(join(models, "msr-net/bad.json"), JSON.stringify({ ...manifest, parts: { whole: part } }));
    const opening = openEnhancer({ method: "msr-net.bad", models });
    await expect(opening).rejects.toMatchObject({ code: "invalid-model", message: expect.stringContaining(name) });
  });
});
