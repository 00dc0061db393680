// Reading, lighting and saving so many pixels takes a page a minute.
// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import { downloadOf, dropExample, dropFile, pictureNamed, testWebPage } from "../support/web-page.ts";

describe.skipIf(!hasChromium)("large photos and the page", () => {
  const { openWebPage } = testWebPage();

  test("a photo of 18 megapixels is shown and saved at full size", async () => {
    const page = await openWebPage();
    // More than the canvases of all browsers hold.
    const large = await sharp(join("examples/photos/street-after-rain.jpg")).resize(5184, 3456).jpeg().toBuffer();
    // A photo is begun with the method of the one before it; a quick one, as this is about sizes.
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.locator("#method").selectOption("gamma");
    await dropFile(page, "large.jpg", large);
    await page.getByRole("region", { name: "large.jpg" }).waitFor();
    await pictureNamed(page, "after");
    await page.getByRole("status").getByText("Ready").waitFor({ state: "attached" });
    expect(await page.locator("#method").inputValue()).toBe("gamma");
    // First the reduced picture, then as much of it as the memory allows: unasked where that is quick, and anywhere for
    // those who look closer.
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>("canvas[data-name=after]");
      return canvas && canvas.width > 2000;
    });
    const after = await sharp(await downloadOf(page, "Save photo")).metadata();
    expect([after.width, after.height]).toEqual([5184, 3456]);
  }, 300_000);
});
