// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as kindling from "@kindling/browser";
import { decodePhoto, type Photo, type Picture } from "@kindling/node";
import { integersOfPicture, pngChunk } from "@kindling/node/internal";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { withNclx } from "../../scripts/formats/sample-files.ts";
import { largestDifference } from "../support/browser-pixels.ts";
import { hasChromium } from "../support/chromium.ts";
import { testLibrary } from "../support/library-page.ts";
import { patchWorker, smallExample } from "../support/web-page.ts";

describe.skipIf(!hasChromium)("@kindling/browser", () => {
  const { folder, server, plainPage, inBrowser, inNode } = testLibrary();

  test.each([
    ["turned by its Exif", "lantern-lane.jpg", "clahe"],
    ["of 16 bits", "moonlit-room.png", "lime"],
  ])("a photo %s comes out as in Node", async (_, photo, method) => {
    writeFileSync(join(folder, photo), await smallExample(photo));
    const shown = await inBrowser({ photo, method });
    expect(largestDifference(shown, await inNode({ photo, method }))).toBeLessThanOrEqual(2);
  });

  test("a network of one part gives what it gives in Node", async () => {
    const wanted = { photo: "small.png", method: "msr-net.two-activations", device: "cpu" } as const;
    expect(largestDifference(await inBrowser(wanted), await inNode(wanted))).toBeLessThanOrEqual(2);
  });

  function rgbaOf(picture: Picture): Uint8Array {
    const { channels, samples, width, height } = integersOfPicture(picture, 8);
    return Uint8Array.from({ length: 4 * width * height }, (_, i) =>
      i % 4 === 3 ? 255 : (samples[Math.floor(i / 4) * channels + (i % 4)] ?? 0),
    );
  }

  test("colour told by cICP, gAMA and nclx is saved as the profile that Node makes of it, the samples as they are", async () => {
    const picture = sharp("examples/photos/still-life.jpg", { ignoreIcc: true }).resize(48, 32).toColourspace("srgb");
    const png = await picture.clone().png().toBuffer();
    const withChunk = (type: string, ...data: number[]) =>
      Buffer.concat([png.subarray(0, 33), pngChunk(type, Uint8Array.from(data)), png.subarray(33)]);
    const files = {
      "p3.png": withChunk("cICP", 12, 13, 0, 1),
      "linear.png": withChunk("gAMA", 0, 1, 0x86, 0xa0),
      "p3.avif": withNclx(await picture.clone().avif({ quality: 90, chromaSubsampling: "4:4:4" }).toBuffer()),
    };
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const page = await plainPage();
    for (const [name, bytes] of Object.entries(files)) {
      const saved = await page.evaluate(async (photo) => {
        const file = await (await fetch(photo)).blob();
        const { bytes } = await kindlingUnderTest.enhancePhoto(file, { method: "clahe", light: 1, format: "png" });
        return [...bytes];
      }, name);
      const [inPage, inNodeToo] = await Promise.all(
        [Uint8Array.from(saved), bytes].map((file) => decodePhoto(file, { name })),
      );
      expect(inNodeToo?.metadata.icc?.length, name).toBeGreaterThan(300);
      expect(inPage?.metadata, name).toEqual(inNodeToo?.metadata);
      // Browsers write RGBA.
      const shownAs = (photo: Photo | undefined) => photo && { ...photo.picture, rgba: rgbaOf(photo.picture) };
      const [shown, wanted] = [shownAs(inPage), inNodeToo && integersOfPicture(inNodeToo.picture, 8)];
      expect(shown && wanted && largestDifference(shown, wanted), name).toBeLessThanOrEqual(2);
    }
    await page.close();
  });

  test("a photo of Display P3 has its own numbers on a canvas of Display P3, before and after", async () => {
    const name = "shown-p3.png";
    const picture = sharp("examples/photos/still-life.jpg", { ignoreIcc: true }).resize(48, 32).toColourspace("srgb");
    const { data, info } = await picture.clone().raw().toBuffer({ resolveWithObject: true });
    const png = await picture.png().toBuffer();
    const cicp = pngChunk("cICP", Uint8Array.of(12, 13, 0, 1));
    writeFileSync(join(folder, name), Buffer.concat([png.subarray(0, 33), cicp, png.subarray(33)]));
    const page = await plainPage();
    const shown = await page.evaluate(async (file) => {
      const enhancer = await kindlingUnderTest.openEnhancer();
      const photo = await enhancer.read(await (await fetch(file)).blob());
      const scene = await photo.analyse({ method: "clahe" });
      const views = [photo.view, await scene.relight({ light: 1 })];
      const pixels = views.map(({ bitmap }) => {
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext("2d", { colorSpace: "display-p3" });
        context?.drawImage(bitmap, 0, 0);
        return [...(context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [])];
      });
      enhancer.close();
      return pixels;
    }, name);
    const own = { width: info.width, height: info.height, channels: 3, samples: new Uint8Array(data) } as const;
    for (const rgba of shown) {
      const pixels = { width: own.width, height: own.height, rgba: Uint8Array.from(rgba) };
      expect(largestDifference(pixels, own)).toBeLessThanOrEqual(1);
    }
    await page.close();
  });

  test("a JPEG so large that it is written in strips is the one that a canvas makes of the whole", async () => {
    const large = sharp("examples/photos/still-life.jpg").resize(2300, 1900, { fit: "fill" });
    await large.png({ compressionLevel: 1 }).toFile(join(folder, "large.png"));
    const page = await plainPage();
    const [saved = "", whole] = await page.evaluate(async () => {
      const hash = async (bytes: BufferSource) =>
        new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).join(" ");
      const pixelsOf = async (file: Blob) => {
        const bitmap = await createImageBitmap(file, { colorSpaceConversion: "none" });
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", { alpha: false });
        context?.drawImage(bitmap, 0, 0);
        return { context, pixels: context?.getImageData(0, 0, bitmap.width, bitmap.height).data };
      };
      const photo = await (await fetch("large.png")).blob();
      const options = { method: "clahe", light: 1, format: "jpeg", quality: 85 } as const;
      const { bytes } = await kindlingUnderTest.enhancePhoto(photo, options);
      const { context } = await pixelsOf(photo);
      const canvased = await context?.canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
      const both = await Promise.all([new Blob([bytes]), canvased ?? new Blob()].map(pixelsOf));
      return Promise.all(both.map(({ pixels }) => hash(pixels ?? new Uint8Array())));
    });
    expect(saved.length).toBeGreaterThan(60);
    expect(saved).toBe(whole);
    await page.close();
  });

  test("the networks that lie on the server are listed before the classical methods, with what they can do", async () => {
    const page = await plainPage();
    const methods = await page.evaluate(async () => {
      const enhancer = await kindlingUnderTest.openEnhancer({ modelsUrl: new URL("/models/", location.href).href });
      return enhancer.methods;
    });
    expect(methods.find(({ name }) => name.startsWith("kind."))).toMatchObject({
      name: "kind.untrained",
      hasMaps: true,
      hasOwnLight: true,
      strengths: ["denoise", "keepHighlights"],
    });
    // Without Ember what runs everywhere at once comes first.
    expect(methods[0]?.name).toBe("lime");
    await page.close();
  });

  test("the default is Ember in floats, for which no runtime is fetched; integers are there for those who name them", async () => {
    const page = await plainPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const found = await page.evaluate(async () => {
      const modelsUrl = new URL("/trained/", location.href).href;
      const open = (device: "cpu" | "webgpu") => kindlingUnderTest.openEnhancer({ modelsUrl, device });
      const [plain, onGpu] = [await open("cpu"), await open("webgpu")];
      const photo = await plain.read(await (await fetch("small.png")).blob());
      for (const method of [undefined, "ember.fastest"]) await photo.analyse({ method });
      return [plain, onGpu].map(({ methods }) => methods);
    });
    const [plain, onGpu] = found;
    expect(plain?.[0]).toMatchObject({ name: "ember.free", runtimeBytes: 0 });
    expect(onGpu?.[0]?.name).toBe("ember.free");
    expect(onGpu?.[0]?.runtimeBytes).toBeGreaterThan(2e7);
    expect(plain?.find(({ name }) => name.startsWith("kind."))?.runtimeBytes).toBeGreaterThan(1e7);
    expect(plain?.map(({ name }) => name)).not.toContain("ember.int8");
    const fetched = requests
      .filter((url) => /ort[.-].*(wasm|js)$|\.onnx$/.test(url))
      .map((url) => url.split("/").at(-1));
    expect(fetched.sort()).toEqual(["context", "decoder", "encoder", "overview"].map((part) => `free.${part}.onnx`));
    const light = await page.evaluate(async () => {
      const modelsUrl = new URL("/trained/", location.href).href;
      const enhancer = await kindlingUnderTest.openEnhancer({ modelsUrl, device: "cpu" });
      const photo = await enhancer.read(await (await fetch("small.png")).blob());
      return (await photo.analyse({ method: "ember.int8" })).autoLight;
    });
    expect(light).toBeGreaterThan(1);
    await page.close();
  });

  /** Ends a thread by an error when a run is asked of it, before it answers. */
  const dyingInRun = `addEventListener("message", (event) => {
    if (event.data.path?.[0] !== "run") return;
    event.stopImmediatePropagation();
    throw new Error("It dies.");
  });`;

  test.each(["is not found", "is refused at once", "fails", "does not answer", "dies in its first run"])(
    "a script of threads that %s leaves the network to one thread, without another runtime",
    async (how) => {
      const page = await plainPage();
      const name = readdirSync(join(folder, "assets")).find((file) => file.startsWith("step-thread")) ?? "";
      const script = join(folder, "assets", name);
      const whole = readFileSync(script);
      onTestFinished(() => writeFileSync(script, whole));
      if (how === "is not found") rmSync(script);
      if (how === "fails") writeFileSync(script, "throw new Error('It fails.');");
      if (how === "does not answer") writeFileSync(script, "");
      if (how === "dies in its first run") writeFileSync(script, `${dyingInRun}${whole}`);
      const refusing = "globalThis.Worker = class { constructor() { throw new Error('refused'); } };";
      if (how === "is refused at once") await patchWorker(page, refusing);
      const requests: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      const isolated = await page.evaluate(async () => {
        const modelsUrl = new URL("/trained/", location.href).href;
        const enhancer = await kindlingUnderTest.openEnhancer({ modelsUrl, device: "cpu" });
        const photo = await enhancer.read(await (await fetch("small.png")).blob());
        await photo.analyse({ method: "ember.free" });
        enhancer.close();
        return crossOriginIsolated;
      });
      expect(isolated).toBe(true);
      expect(requests.filter((url) => /ort[.-]/.test(url))).toEqual([]);
      await page.close();
    },
  );

  test("a network is kept for use without the server, and refused where it is not what its manifest says", async () => {
    const page = await plainPage();
    const outcome = await page.evaluate(async () => {
      const modelsUrl = new URL("/models/", location.href).href;
      const file = await (await fetch("small.png")).blob();
      const analysed = async () => {
        const enhancer = await kindlingUnderTest.openEnhancer({ modelsUrl });
        const photo = await enhancer.read(file);
        return photo
          .analyse({ method: "msr-net.two-activations" })
          .then(
            () => "analysed",
            (error: kindling.KindlingError) => error.code,
          )
          .finally(enhancer.close);
      };
      const first = await analysed();
      const cache = await caches.open("kindling-models");
      const kept = (await cache.keys()).map(({ url }) => url.slice(modelsUrl.length)).sort();
      return { first, kept };
    });
    expect(outcome.first).toBe("analysed");
    expect(outcome.kept).toEqual([
      "index.json",
      "kind/untrained.json",
      "msr-net/two-activations.json",
      "msr-net/two-activations.whole.onnx",
    ]);
    await page.close();
  });

  test("errors keep their code, and work that is cancelled or closed ends at once", async () => {
    const page = await plainPage();
    const codes = await page.evaluate(async () => {
      const enhancer = await kindlingUnderTest.openEnhancer();
      const codeOf = (work: Promise<unknown>) =>
        work.then(
          () => "no error",
          (error: unknown) => (error instanceof kindlingUnderTest.KindlingError ? error.code : String(error)),
        );
      const photo = await enhancer.read(await (await fetch("/photos/still-life.jpg")).blob());
      // The worker hears of it after the first of many steps.
      const stopping = new AbortController();
      const cancelled = codeOf(photo.analyse({ method: "ahe", signal: stopping.signal }));
      stopping.abort();
      const found = [
        await codeOf(enhancer.read(new Blob([]))),
        await codeOf(enhancer.read(new Blob(["no photo"]))),
        await codeOf(enhancer.read(new Blob(["II*\0"]))),
        await codeOf(photo.analyse({ method: "magic" })),
        await cancelled,
      ];
      const closed = codeOf(photo.analyse({ method: "ahe" }));
      enhancer.close();
      return [...found, await closed];
    });
    expect(codes).toEqual(["damaged", "not-a-photo", "unsupported", "invalid-option", "cancelled", "cancelled"]);
    await page.close();
  });

  test.each([
    ["the list of networks", /\/models\/index\.json$/],
    ["a network", /\.onnx$/],
  ])("what is cancelled while %s is on its way does not wait for it", async (_, paths) => {
    const held = server().hold(paths);
    onTestFinished(held.release);
    const page = await plainPage();
    const begun = await page.evaluateHandle(async () => {
      const modelsUrl = new URL("/models/", location.href).href;
      const photo = await (await fetch("small.png")).blob();
      const stopping = new AbortController();
      const { signal } = stopping;
      const enhanced = kindlingUnderTest.enhancePhoto(photo, { modelsUrl, method: "kind.untrained", signal });
      const code = enhanced.then(
        () => "no error",
        (error: kindling.KindlingError) => error.code,
      );
      return { stopping, code };
    });
    await held.asked;
    const code = begun.evaluate(({ stopping, code }) => {
      stopping.abort();
      return code;
    });
    expect(await code).toBe("cancelled");
    await page.close();
  });
});
