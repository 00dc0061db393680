// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { decodePhoto } from "@kindling/node";
import { integersOfPicture } from "@kindling/node/internal";
import { unzipSync } from "fflate";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { largestDifference, shownPixels } from "../support/browser-pixels.ts";
import { hasChromium } from "../support/chromium.ts";
import {
  downloadOf,
  dropExample,
  dropFile,
  dropFiles,
  litAfter,
  pictureNamed,
  smallExample,
  testWebPage,
  withNetworks,
} from "../support/web-page.ts";
import { writeDng } from "../support/write-dng.ts";

describe.skipIf(!hasChromium)("files and the page", () => {
  const { openWebPage, openOwnWebPage } = testWebPage();

  test("photos saved as jpeg, png, webp and avif keep their size, Exif and profile", async () => {
    const page = await openWebPage();
    await dropExample(page, "desk-by-the-window.jpg");
    await pictureNamed(page, "after");
    await page.locator("#method").selectOption("gamma");
    const before = await sharp(await smallExample("desk-by-the-window.jpg")).metadata();
    const exifOf = (exif: Buffer | undefined) => exif?.subarray(exif.indexOf("II*")).toString("latin1");
    const files: Record<string, Buffer> = {};
    for (const format of ["jpeg", "png", "webp", "avif"]) {
      await page.locator("#format").selectOption(format);
      const file = await downloadOf(page, "Save photo");
      const after = await sharp(file).metadata();
      expect(after.format).toBe(format === "avif" ? "heif" : format);
      expect([after.width, after.height, after.hasAlpha]).toEqual([before.width, before.height, false]);
      expect(after.icc?.equals(before.icc ?? Buffer.alloc(0))).toBe(true);
      expect(exifOf(after.exif)).toBe(exifOf(before.exif));
      files[`again.${format}`] = file;
    }
    // The browser's own decoder knows what was written.
    for (const [name, file] of Object.entries(files)) {
      await dropFile(page, name, file);
      await page.getByRole("region", { name }).waitFor();
      await pictureNamed(page, "after");
    }
  });

  test.each([
    ["phone.heic", () => readFileSync("test/fixtures/ten-bits.heic"), [96, 64]],
    ["night.dng", () => writeDng("examples/references/still-life.jpg", { orientation: 6 }), [80, 120]],
    ["still.jxl", () => readFileSync("test/fixtures/still.jxl"), [96, 64]],
  ] as const)("%s opens upright as in Node, and is saved as JPEG", async (name, file, size) => {
    const page = await openWebPage();
    const bytes = await file();
    await dropFile(page, name, bytes);
    const shown = await shownPixels(page, await pictureNamed(page, "before"));
    const { picture } = await decodePhoto(bytes, { name });
    expect(largestDifference(shown, integersOfPicture(picture, 8))).toBeLessThanOrEqual(1);
    await page.locator("#method").selectOption("gamma");
    const { format, width, height, orientation = 1 } = await sharp(await downloadOf(page, "Save photo")).metadata();
    expect({ format, size: [width, height], orientation }).toEqual({ format: "jpeg", size: [...size], orientation: 1 });
  });

  test("a HEIC of Display P3 keeps its profile and Exif, and is turned once", async () => {
    const page = await openWebPage();
    await dropFile(page, "phone.heic", readFileSync("test/fixtures/turned.heic"));
    await pictureNamed(page, "after");
    await page.locator("#method").selectOption("gamma");
    const { width, height, icc, exif } = await sharp(await downloadOf(page, "Save photo")).metadata();
    const { metadata } = await decodePhoto(readFileSync("test/fixtures/turned.heic"), { name: "phone.heic" });
    expect([width, height]).toEqual([64, 96]);
    expect(icc?.equals(metadata.icc ?? Buffer.alloc(0))).toBe(true);
    expect(exif?.includes("Test phone")).toBe(true);
  });

  test("several photos are saved as one zip", async () => {
    const page = await openWebPage();
    for (const name of ["moonlit-room.png", "still-life.jpg"]) await dropExample(page, name);
    await pictureNamed(page, "after");
    const zip = unzipSync(new Uint8Array(await downloadOf(page, "Save all 2 as a zip")));
    expect(Object.keys(zip).sort()).toEqual(["moonlit-room-kindled.png", "still-life-kindled.jpg"]);
    const room = await sharp(zip["moonlit-room-kindled.png"]).metadata();
    expect([room.width, room.height, room.depth]).toEqual([160, 107, "ushort"]);
  });

  test("what a format cannot keep is told in words, of one photo and of several", async () => {
    const page = await openWebPage();
    const clear = await sharp({ create: { width: 20, height: 10, channels: 4, background: "#3458" } })
      .png()
      .toBuffer();
    await dropFiles(page, { "clear.png": clear, "opaque.png": await sharp(clear).removeAlpha().png().toBuffer() });
    await pictureNamed(page, "after");
    await page.locator("#format").selectOption("jpeg");
    for (const button of ["Save all 2 as a zip", "Save photo"]) {
      await downloadOf(page, button);
      const told = page.getByText("The format could not keep: transparency.");
      await told.waitFor();
      await page.getByRole("alert").getByRole("button", { name: "Dismiss" }).click();
      await told.waitFor({ state: "detached" });
    }
  });

  test("of many photos only a few are held ready; one that was left long ago comes back as it was", async () => {
    const page = await openWebPage();
    const names = ["moonlit-room.png", "still-life.jpg", "cold-crossing.jpg", "lantern-lane.jpg"];
    await dropExample(page, names[0]);
    await pictureNamed(page, "after");
    await litAfter(page, () => page.locator("#light").fill("1.5"));
    for (const name of names.slice(1)) {
      await dropExample(page, name);
      await page.getByRole("region", { name }).waitFor();
    }
    await page.getByRole("button", { name: "Show moonlit-room.png" }).click();
    await page.getByRole("status").getByText("Ready").waitFor({ state: "attached" });
    expect(await page.locator("#light").inputValue()).toBe("1.5");
    await litAfter(page, () => page.locator("#light").fill("3"));
    await page.locator(".strip canvas").nth(3).waitFor();
  });

  test("work can be cancelled midway, and begun again", async () => {
    const { page, server } = await openOwnWebPage({ folders: withNetworks });
    // However fast the machine: without its network Ember cannot be done.
    const held = server.hold(/\.onnx$/);
    const large = await sharp("examples/photos/street-after-rain.jpg").resize(1600, 1000).jpeg().toBuffer();
    await dropFile(page, "large.jpg", large);
    await held.asked;
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("button", { name: "Cancel" }).waitFor();
    const method = await page.locator("#method").inputValue();
    await page.locator("#method").selectOption("gamma");
    await pictureNamed(page, "after");
    await page.locator("#method").selectOption(method);
    await page.getByText("Save photo").click();
    await page.locator(".saving").getByText("Cancel").click();
    await page.getByText("Save photo").waitFor();
    await expect.poll(() => page.workers().length).toBe(1);
    held.release();
    await page.locator("#method").selectOption("gamma");
    expect((await downloadOf(page, "Save photo")).length).toBeGreaterThan(0);
  }, 120_000);

  test.each([
    ["with classical methods, once it was loaded", false],
    ["with Ember, once that was used", true],
  ])(
    "it works without a network %s",
    async (_, isUsed) => {
      const { page, context } = await openOwnWebPage(isUsed ? { folders: withNetworks } : {});
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
      });
      if (isUsed) {
        await dropExample(page, "moonlit-room.png");
        await pictureNamed(page, "after");
      }
      await context.setOffline(true);
      await page.reload();
      await dropExample(page, "moonlit-room.png");
      await pictureNamed(page, "after");
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    },
    120_000,
  );

  test("where the host sends no headers for threads, the page gives them to itself", async () => {
    const { page } = await openOwnWebPage({ isolated: false });
    await page.waitForFunction(() => crossOriginIsolated);
  });
});
