// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import {
  downloadOf,
  dropFile,
  dropFiles,
  patchWorker,
  pictureNamed,
  smallExample,
  testWebPage,
  withNetworks,
} from "../support/web-page.ts";

/** What Chromium says of a connection that breaks, and Playwright of a service worker that is off. */
const expected = /ERR_|ArrayBuffer instantiation|Failed to|fetch|backend|Service Worker registration blocked/;

describe.skipIf(!hasChromium)("the page on a bad day", () => {
  const { openWebPage, openOwnWebPage } = testWebPage();

  test("a runtime whose fetch broke is fetched by Try again, and a method that needs none is offered", async () => {
    const { page, server } = await openOwnWebPage({ folders: withNetworks, expected });
    await dropFile(page, "small.png", await smallExample("moonlit-room.png"));
    await pictureNamed(page, "after");
    // The runtime remembers that its WebAssembly did not come; a script that did not is asked for again by Chromium itself.
    const repair = server.interrupt(/ort[^/]+\.wasm$/);
    await page.locator("#method").selectOption("kind.free");
    await page.getByRole("alert").getByText("could not be fetched").waitFor();
    await page.getByRole("button", { name: "Use LIME" }).waitFor();
    repair();
    await page.getByRole("button", { name: "Try again" }).click();
    await pictureNamed(page, "after");
    expect(await page.locator("#method").inputValue()).toBe("kind.free");
  }, 180_000);

  test("the photos that work are in the zip, and the one that fails is named with its reason", async () => {
    const { page, server } = await openOwnWebPage({ expected });
    const small = sharp("examples/photos/still-life.jpg").resize(120);
    const [jpeg, avif] = [await small.clone().jpeg().toBuffer(), await small.clone().avif().toBuffer()];
    await dropFiles(page, { "works.jpg": jpeg, "no-encoder.avif": avif, "works-too.jpg": jpeg });
    await pictureNamed(page, "after");
    const repair = server.interrupt(/avif_enc|encode-/);
    const zip = unzipSync(new Uint8Array(await downloadOf(page, "Save all 3 as a zip")));
    expect(Object.keys(zip)).toEqual(["works-kindled.jpg", "works-too-kindled.jpg"]);
    const told = page.getByRole("alert");
    await told.getByText("2 in the zip, 1 failed:").waitFor();
    expect(await told.getByRole("listitem").allTextContents()).toEqual([
      expect.stringMatching(/^no-encoder\.avif: .*could not be fetched/),
    ]);
    repair();
  }, 180_000);

  test("files are looked at when they are added, and all that are bad are told on one card", async () => {
    const page = await openWebPage();
    const letter = new TextEncoder().encode("Dear photo,");
    const letters = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`letter-${i}.jpg`, letter]));
    const cut = readFileSync("examples/photos/moonlit-room.png").subarray(0, 5000);
    const good = await smallExample("still-life.jpg");
    await dropFiles(page, { "good.jpg": good, ...letters, "half.png": cut });
    await page.getByText("9 of 10 files could not be opened:").waitFor();
    await expect.poll(() => page.getByRole("alert").count()).toBe(1);
    const lines = await page.getByRole("alert").getByRole("listitem").allTextContents();
    expect(lines[0]).toContain("letter-0.jpg is not a photo");
    expect(lines).toContainEqual(expect.stringContaining("half.png is damaged"));
    expect(await page.locator(".strip li").count()).toBe(1);
    await pictureNamed(page, "after");
  });

  test("where the browser writes no WebP, a WebP is saved as one all the same", async () => {
    const { page } = await openOwnWebPage({ serviceWorkers: "block", expected });
    await patchWorker(
      page,
      `const write = OffscreenCanvas.prototype.convertToBlob;
      OffscreenCanvas.prototype.convertToBlob = function (options) {
        return write.call(this, options?.type === "image/webp" ? { type: "image/png" } : options);
      };`,
    );
    const webp = await sharp("examples/photos/still-life.jpg").resize(300).webp().toBuffer();
    await dropFile(page, "night.webp", webp);
    await pictureNamed(page, "after");
    const { format, width } = await sharp(await downloadOf(page, "Save photo")).metadata();
    expect([format, width]).toEqual(["webp", 300]);
  });

  test("a photo larger than the browser's canvases is saved whole as jpeg, webp and png", async () => {
    const { page } = await openOwnWebPage({ serviceWorkers: "block", expected });
    await patchWorker(
      page,
      `const open = OffscreenCanvas.prototype.getContext;
      OffscreenCanvas.prototype.getContext = function (...args) {
        return this.width * this.height > 300_000 ? null : open.apply(this, args);
      };`,
    );
    const large = await sharp("examples/photos/still-life.jpg").resize(900, 600).jpeg().toBuffer();
    await dropFile(page, "large.jpg", large);
    await pictureNamed(page, "after");
    for (const format of ["jpeg", "webp", "png"]) {
      await page.locator("#format").selectOption(format);
      const saved = sharp(await downloadOf(page, "Save photo"));
      const [metadata, { channels }] = [await saved.metadata(), await saved.stats()];
      expect([metadata.format, metadata.width, metadata.height]).toEqual([format, 900, 600]);
      expect(channels[0]?.mean).toBeGreaterThan(20);
      expect(await page.getByRole("alert").count()).toBe(0);
    }
  });
});
