import { join } from "node:path";
import { openEnhancer, type Photo, readPhoto, writePhoto } from "@kindling/node";
import { beforeAll, expect, test } from "vitest";
import { addModel, modelsFolder } from "../support/model-folder.ts";
import { scratchFolder } from "../support/run-kindling.ts";
import { sampleMetadata } from "../support/sample-photo.ts";

/** Those whose results follow the picture even with the weights that training starts from. */
const networks = ["kind", "enlightengan"];

const models = modelsFolder();
beforeAll(async () => {
  for (const network of networks) await addModel(models, network, "start");
});

test.each(networks)(
  "%s takes a wide-gamut gradient of 16 bits from file to file without steps of 8 bits",
  async (method) => {
    const [width, height] = [2048, 3];
    const samples = Float32Array.from({ length: width * height * 3 }, (_, i) => {
      return (0.05 + (0.4 * (Math.floor(i / 3) % width)) / width) * (1 - 0.1 * (i % 3));
    });
    const folder = scratchFolder();
    const { icc } = await sampleMetadata();
    const photo: Photo = {
      picture: { width, height, channels: 3, samples },
      metadata: { icc },
      format: "png",
      depth: 16,
      lossless: true,
      notes: [],
    };
    await writePhoto(photo, join(folder, "in.png"), { depth: 16 });
    const enhancer = await openEnhancer({ method, models, device: "cpu", threads: 1 });
    const scene = await enhancer.analyse(await readPhoto(join(folder, "in.png")));
    const light = method === "kind" ? { light: 1.5, keepHighlights: 1 } : {};
    await writePhoto(await scene.relight(light), join(folder, "out.png"));
    await enhancer.close();

    const result = await readPhoto(join(folder, "out.png"));
    expect(result.depth).toBe(16);
    expect(Buffer.from(result.metadata.icc ?? [])).toEqual(icc);
    const green = Array.from({ length: width }, (_, x) => Math.round(65535 * result.picture.samples[3 * x + 1]));
    expect(new Set(green).size).toBeGreaterThan(1000);
  },
);
