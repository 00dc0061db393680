// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { describe, expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import { downloadOf, dropExample, pictureNamed, testWebPage } from "../support/web-page.ts";

describe.skipIf(!hasChromium)("the page on a phone", () => {
  const { openOwnWebPage } = testWebPage();

  test("a button beside the light saves, or shares where that can be done", async () => {
    const { page } = await openOwnWebPage({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const button = page.getByRole("button", { name: "Save", exact: true });
    // Also from among the sliders further down.
    await page.locator("#straighten").scrollIntoViewIfNeeded();
    const box = await button.boundingBox();
    expect(box && box.y + box.height).toBeLessThanOrEqual(844);
    expect(box?.y).toBeGreaterThan(844 / 2);
    const canShare = await page.evaluate(() => "canShare" in navigator);
    if (!canShare) expect((await downloadOf(page, "Save")).length).toBeGreaterThan(0);
  });

  test("a finger beside the button that closes a photo still meets it", async () => {
    const { page } = await openOwnWebPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const { x, y, height } = (await page.locator(".strip-close").boundingBox()) ?? { x: 0, y: 0, height: 0 };
    await page.touchscreen.tap(x - 6, y + height + 6);
    await page.getByRole("button", { name: "Bring it back" }).waitFor();
  });

  test("where the browser shares files, Save hands the photo over; a press that is too old is asked for again", async () => {
    const { page } = await openOwnWebPage({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await page.addInitScript(() => {
      let isRefused = true;
      const share = async ({ files: [file] = [] }: ShareData) => {
        if (isRefused) {
          isRefused = false;
          throw new DOMException("Must be handling a user gesture.", "NotAllowedError");
        }
        const { width, height } = await createImageBitmap(file as File);
        document.documentElement.dataset["shared"] = `${file?.name} ${file?.type} ${width > height}`;
      };
      Object.assign(Navigator.prototype, { canShare: () => true, share });
    });
    await page.reload();
    await dropExample(page, "still-life.jpg");
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The photo is ready to be shared.").waitFor();
    await page.locator(".notice").getByRole("button", { name: "Share" }).click();
    await expect
      .poll(() => page.locator("html").getAttribute("data-shared"))
      .toBe("still-life-kindled.jpg image/jpeg true");
  });
});
