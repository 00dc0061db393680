// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import {
  downloadOf,
  dropExample,
  dropFile,
  dropFiles,
  pictureNamed,
  smallExample,
  testWebPage,
  withNetworks,
} from "../support/web-page.ts";

describe.skipIf(!hasChromium)("choices and hints of the page", () => {
  const { openWebPage } = testWebPage(withNetworks);

  test("a quick way to save is offered where the method has one, asked of the worker, and kept", async () => {
    const page = await openWebPage();
    await page.addInitScript(() => {
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (message: unknown, ...rest: unknown[]) {
        const said = JSON.stringify(message) ?? "";
        if (said.includes('"enhance"')) document.documentElement.dataset["asked"] = said;
        return Reflect.apply(post, this, [message, ...rest]);
      };
    });
    await page.reload();
    // Of two photos one is on the stage: saving analyses the other.
    await dropFiles(page, {
      "one.png": await smallExample("moonlit-room.png"),
      "two.jpg": await smallExample("still-life.jpg"),
    });
    await pictureNamed(page, "after");
    const quick = page.getByLabel("Quick", { exact: true });
    expect(await quick.isChecked()).toBe(false);
    await quick.check();
    await downloadOf(page, "Save all 2 as a zip");
    expect(await page.locator("html").getAttribute("data-asked")).toContain('"settings":{"fast":1}');
    await page.locator("#method").selectOption("gamma");
    await quick.waitFor({ state: "detached" });
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Same settings for all photos" }).click();
    await downloadOf(page, "Save all 2 as a zip");
    expect(await page.locator("html").getAttribute("data-asked")).toContain('"settings":{}');

    await page.reload();
    await dropExample(page, "moonlit-room.png");
    expect(await quick.isChecked()).toBe(true);
  }, 180_000);

  test("says where automatic light leaves a photo nearly as it is, until the light is dragged", async () => {
    const page = await openWebPage();
    const lit = sharp({ create: { width: 120, height: 80, channels: 3, background: "#c8c2b4" } });
    await dropFile(page, "lit.png", await lit.png().toBuffer());
    const hint = page.getByText("Automatic light leaves this photo nearly as it is.");
    await hint.waitFor();
    await page.locator("#light").fill("1");
    await hint.waitFor({ state: "detached" });
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    expect(await hint.count()).toBe(0);
  }, 120_000);
});
