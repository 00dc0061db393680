import { describe, expect, test } from "vitest";
import type { Photo } from "../image/photo.ts";
import type { ChannelCount, Picture } from "../image/picture.ts";
import type { ModelTensors } from "../runtime/runtime.ts";
import { type EnhancerPorts, openEnhancer } from "./enhancer.ts";
import type { ModelManifest } from "./model-store.ts";
import { pictureNetwork } from "./picture-network.ts";

const manifest: ModelManifest = {
  format: 1,
  network: "msr-net",
  tag: "root",
  title: "Square roots",
  about: "For tests.",
  licence: "none",
  trainedOn: [],
  parameters: 1,
  parts: { whole: { file: "root.whole.onnx", bytes: 10, sha256: "", haloPx: 2, alignmentPx: 4 } },
};

/** Ports to a model that takes the root of every sample, and what it was given. */
function rootPorts(described: ModelManifest = manifest) {
  const seen = { runs: [] as ModelTensors[], open: 0 };
  const ports: EnhancerPorts = {
    networks: [pictureNetwork("msr-net", 1600)],
    models: {
      list: async () => [described],
      manifest: async () => described,
      load: async (_, part) => new TextEncoder().encode(part),
    },
    runtime: {
      open: async () => {
        seen.open++;
        return {
          inputNames: ["image"],
          outputNames: ["enhanced"],
          device: "cpu",
          run: async (inputs) => {
            seen.runs.push(inputs);
            const { shape, values } = inputs["image"]!;
            return { enhanced: { shape, values: values.map((value) => Math.sqrt(value)) } };
          },
          dispose: async () => {
            seen.open--;
          },
        };
      },
      dispose: async () => undefined,
    },
  };
  return { ports, seen };
}

function photoOf(channels: ChannelCount, width = 12, height = 9): Photo {
  const samples = Float32Array.from({ length: width * height * channels }, (_, i) => ((i * 37) % 101) / 101);
  const picture: Picture = { width, height, channels, samples };
  return { picture, metadata: {}, format: "png", depth: 16, lossless: true, notes: ["kept"] };
}

describe("a network from picture to picture", () => {
  test.each([1, 2, 3, 4] as const)("keeps the %i channels of a photo, alpha as it is", async (channels) => {
    const { ports } = rootPorts();
    const photo = photoOf(channels);
    const before = photo.picture.samples.slice();
    const lit = await (await (await openEnhancer({ method: "msr-net" }, ports)).analyse(photo)).relight();
    const isAlpha = (i: number) => channels % 2 === 0 && i % channels === channels - 1;
    const expected = before.map((value, i) => (isAlpha(i) ? value : Math.sqrt(value)));
    // Nobody sees the colour of a pixel that is fully transparent.
    const isHidden = (i: number) => channels % 2 === 0 && before[i - (i % channels) + channels - 1] === 0;
    lit.picture.samples.forEach((value, i) => {
      if (isAlpha(i) || !isHidden(i)) expect(value).toBeCloseTo(expected[i], 6);
    });
    expect(photo.picture.samples).toEqual(before);
    expect(lit.notes).toEqual(["kept"]);
  });

  test("sees the photo continued by its mirror image where its weights want that, as far as its halo reaches", async () => {
    const { ports, seen } = rootPorts({ ...manifest, borderPx: 8 });
    const photo = photoOf(3);
    const lit = await (await (await openEnhancer({ method: "msr-net" }, ports)).analyse(photo)).relight();
    const { shape, values } = seen.runs[0]!["image"]!;
    expect(shape).toEqual([1, 3, 13, 16]);
    const { samples } = photo.picture;
    expect([...values.subarray(0, 3)]).toEqual([
      samples[3 * (2 * 12 + 2)],
      samples[3 * (2 * 12 + 1)],
      samples[3 * 2 * 12],
    ]);
    lit.picture.samples.forEach((value, i) => {
      expect(value).toBeCloseTo(Math.sqrt(samples[i]), 6);
    });
  });

  test("works in tiles that fit the memory, tells each, and the seams do not show", async () => {
    const { ports, seen } = rootPorts();
    const told: number[] = [];
    const enhancer = await openEnhancer({ method: "msr-net", maxMemoryBytes: 1600 * 160 }, ports);
    const photo = photoOf(3, 30, 21);
    const scene = await enhancer.analyse(photo, { onProgress: (done) => told.push(done) });
    expect(seen.runs.length).toBeGreaterThan(3);
    for (const { image } of seen.runs) expect(image.values.length / 3).toBeLessThanOrEqual(160);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.length).toBe(seen.runs.length);
    expect(told.at(-1)).toBe(1);
    (await scene.relight()).picture.samples.forEach((value, i) => {
      expect(value).toBeCloseTo(Math.sqrt(photo.picture.samples[i]), 6);
    });
  });

  test("stops between two tiles once the signal is raised", async () => {
    const { ports, seen } = rootPorts();
    const stopping = new AbortController();
    const enhancer = await openEnhancer({ method: "msr-net", maxMemoryBytes: 1600 * 160 }, ports);
    const analysing = enhancer.analyse(photoOf(3, 30, 21), {
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    await expect(analysing).rejects.toMatchObject({ code: "cancelled" });
    expect(seen.runs.length).toBe(1);
  });

  test("frees what it loaded when it is closed, and when a part cannot be loaded", async () => {
    const { ports, seen } = rootPorts();
    const enhancer = await openEnhancer({ method: "msr-net.root" }, ports);
    expect([enhancer.method, seen.open]).toEqual(["msr-net.root", 1]);
    await enhancer.close();
    expect(seen.open).toBe(0);

    const parts = { ...manifest.parts, gone: { file: "gone.onnx", bytes: 1, sha256: "" } };
    const broken = rootPorts({ ...manifest, parts });
    broken.ports.models.load = async (_, part) => {
      if (part === "gone") throw new Error("no such file");
      return new Uint8Array();
    };
    await expect(openEnhancer({ method: "msr-net" }, broken.ports)).rejects.toThrow("no such file");
    expect(broken.seen.open).toBe(0);
  });

  test("loads all parts at once, and tells the share of their bytes that is there", async () => {
    const parts = { ...manifest.parts, more: { file: "more.onnx", bytes: 30, sha256: "" } };
    const { ports } = rootPorts({ ...manifest, parts });
    const asked: string[] = [];
    const told: number[] = [];
    ports.models.load = async (_, part, { onProgress } = {}) => {
      asked.push(part);
      // A part that waited for the one before would be asked for later.
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(asked).toEqual(["whole", "more"]);
      onProgress?.(0.5);
      return new Uint8Array();
    };
    await openEnhancer({ method: "msr-net", onProgress: (done) => told.push(done) }, ports);
    expect(told).toEqual([5 / 40, 10 / 40, 25 / 40, 1]);
  });

  test("reaches other levels by exposure, fades to the photo under a mask, and takes no strengths", async () => {
    const { ports } = rootPorts();
    const photo = photoOf(3);
    const scene = await (await openEnhancer({ method: "msr-net" }, ports)).analyse(photo);
    expect(scene.autoLight).toBeGreaterThan(1);
    const black: Picture = { width: 1, height: 1, channels: 3, samples: new Float32Array(3) };
    expect((await scene.relight({ light: 2, mask: black })).picture.samples).toEqual(photo.picture.samples);
    const white = { ...black, samples: new Float32Array(3).fill(1) };
    const lit = await scene.relight({ mask: white });
    lit.picture.samples.forEach((value, i) => {
      expect(value).toBeCloseTo(Math.sqrt(photo.picture.samples[i]), 5);
    });
    await expect(scene.relight({ denoise: 0.5 })).rejects.toThrow("denoise: msr-net.root has no such strength");
    expect(() => scene.maps()).toThrow(/does not split a photo into reflectance and illumination/);
  });

  test("needs ports, a known name and the parts its method is made of", async () => {
    await expect(openEnhancer({ method: "msr-net" })).rejects.toThrow(/needs a runtime and models/);
    await expect(openEnhancer({ method: "magic" }, rootPorts().ports)).rejects.toThrow(
      /there are the networks msr-net and the classical lime, /,
    );
    const { ports } = rootPorts({ ...manifest, parts: { analysis: manifest.parts["whole"]! } });
    const enhancer = await openEnhancer({ method: "msr-net" }, ports);
    await expect(enhancer.analyse(photoOf(3))).rejects.toThrow(
      "The model msr-net.root has no part whole; it has analysis.",
    );
  });
});
