// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as kindling from "@kindling/browser";
import { decodePhoto, integersOfPicture, openEnhancer } from "@kindling/node";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, openChromium } from "../support/chromium.ts";
import { type StaticServer, serveFolder } from "../support/static-server.ts";

const photoBytes = (name: string) => readFileSync(join("examples/photos", name));

describe.skipIf(!hasChromium)("@kindling/browser, bundled by Vite", () => {
  let folder: string;
  let server: StaticServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
    await build({
      configFile: false,
      root: "test/web/library-page",
      logLevel: "error",
      worker: { format: "es" },
      build: { outDir: folder, target: "es2022" },
    });
    server = await serveFolder(folder, { isolated: true });
    browser = await openChromium("--disable-gpu");
    page = await browser.newPage();
    page.on("console", (message) => console.log(message.text()));
    await page.goto(server.url);
    await page.waitForFunction(() => "kindling" in globalThis);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(["still-life.jpg", "lantern-lane.jpg", "moonlit-room.png"])("%s is decoded to Node's very numbers", async (name) => {
    const [bytes, path] = [photoBytes(name), join("examples/photos", name)];
    const node = await decodePhoto(bytes, { name });
    const result = await (await (await openEnhancer({ method: "lime" })).analyse(node)).relight();
    const expected = integersOfPicture(result.picture, 8);
    const seen = await page.evaluate(async (base64) => {
      const { openEnhancer: open } = (globalThis as unknown as { kindling: typeof kindling }).kindling;
      const enhancer = await open();
      const file = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
      const photo = await enhancer.read(file);
      const t0 = performance.now();
      const scene = await photo.analyse({ method: "lime" });
      const t1 = performance.now();
      const { bitmap } = await scene.relight();
      const times = [];
      for (let i = 0; i < 5; i++) {
        const t = performance.now();
        await scene.relight({ light: 1 + i / 3 });
        times.push(performance.now() - t);
      }
      console.log(`analyse ${t1 - t0} relight ${times}`);
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context?.drawImage(bitmap, 0, 0);
      const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
      enhancer.close();
      return { width: bitmap.width, height: bitmap.height, data: Array.from(data) };
    }, bytes.toString("base64"));
    expect([seen.width, seen.height]).toEqual([expected.width, expected.height]);
    let worst = 0, sum = 0;
    for (let i = 0; i < expected.width * expected.height; i++) {
      for (let c = 0; c < 3; c++) {const d = Math.abs(seen.data[i * 4 + c] - expected.samples[i * 3 + c]); worst = Math.max(worst, d); sum += d;}
    }
    console.log(path, "worst", worst, sum / seen.data.length);
    expect(worst).toBeLessThanOrEqual(2);
  });
});
