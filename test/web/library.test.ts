// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as kindling from "@kindling/browser";
import { decodePhoto, type IntegerPixels, integersOfPicture, openEnhancer } from "@kindling/node";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { largestDifference, type ShownPixels, shownPixels } from "../support/browser-pixels.ts";
import { hasChromium, openChromium } from "../support/chromium.ts";
import { addModel, modelsFolder } from "../support/model-folder.ts";
import { type StaticServer, serveFolders } from "../support/static-server.ts";

declare global {
  var kindlingUnderTest: typeof kindling;
}

/** Bundles a page the way a person's own project would, without any setting beside the ones the README names. */
async function bundled(root: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-test-"));
  await build({ configFile: false, root, logLevel: "error", worker: { format: "es" }, build: { outDir: folder } });
  return folder;
}

describe.skipIf(!hasChromium)("@kindling/browser, bundled by Vite", () => {
  const models = modelsFolder();
  let folder: string;
  let server: StaticServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [folder] = await Promise.all([bundled("test/web/library-page"), addModel(models, "kind", "untrained")]);
    server = await serveFolders({ "/": folder, "/photos/": "examples/photos", "/models/": models }, { isolated: true });
    browser = await openChromium("--disable-gpu");
    page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => "kindlingUnderTest" in globalThis);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function inBrowser(photo: string, method: string, maxPixels: number): Promise<ShownPixels> {
    const bitmap = await page.evaluateHandle(
      async ([name, wanted, pixels]) => {
        const file = await (await fetch(`photos/${name}`)).blob();
        const enhancer = await kindlingUnderTest.openEnhancer({ modelsUrl: new URL("models/", location.href).href });
        const read = await enhancer.read(file, { maxPixels: pixels });
        const scene = await read.analyse({ method: wanted });
        const t = performance.now();
        const view = await scene.relight({ light: 2 });
        console.log("relight", performance.now() - t);
        enhancer.close();
        return view.bitmap;
      },
      [photo, method, maxPixels] as const,
    );
    return shownPixels(page, bitmap);
  }

  async function inNode(photo: string, method: string): Promise<IntegerPixels> {
    const decoded = await decodePhoto(readFileSync(join("examples/photos", photo)), { name: photo });
    const scene = await (await openEnhancer({ method, models, device: "cpu" })).analyse(decoded);
    return integersOfPicture((await scene.relight({ light: 2 })).picture, 8);
  }

  test.each([
    ["still-life.jpg", "lime"],
    ["lantern-lane.jpg", "clahe"],
    ["moonlit-room.png", "gamma"],
    ["moonlit-room.png", "kind.untrained"],
  ])("%s by %s is what Node makes of it", async (photo, method) => {
    page.on("console", (m) => console.log(m.text()));
    const [shown, expected] = [await inBrowser(photo, method, 1e9), await inNode(photo, method)];
    console.log(largestDifference(shown, expected));
    expect(largestDifference(shown, expected)).toBeLessThanOrEqual(2);
  });
});
