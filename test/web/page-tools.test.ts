// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { meanShownLight, shownPixels } from "../support/browser-pixels.ts";
import { hasChromium } from "../support/chromium.ts";
import {
  downloadOf,
  dropExample,
  dropFile,
  litAfter,
  pictureNamed,
  smallExample,
  testWebPage,
  withNetworks,
} from "../support/web-page.ts";

describe.skipIf(!hasChromium)("the tools of the page", () => {
  const { openWebPage, openOwnWebPage } = testWebPage();

  test("before a photo is open a picture shows what the page does: it moves once, or not at all for those who want it still", async () => {
    const page = await openWebPage({ reducedMotion: "no-preference" });
    await page.getByRole("heading", { name: /Brighten/ }).waitFor();
    await page.addInitScript(() => {
      const seen = new Set<string>();
      const look = () => {
        const input = document.querySelector<HTMLInputElement>(".before-after input");
        if (input) seen.add(input.value);
        document.documentElement.dataset["seen"] = String(seen.size);
        requestAnimationFrame(look);
      };
      document.addEventListener("DOMContentLoaded", look);
    });
    await page.reload();
    await expect
      .poll(() => page.locator(".before-after").getAttribute("data-moving"), { timeout: 60_000 })
      .toBe("false");
    expect(Number(await page.locator("html").getAttribute("data-seen"))).toBeGreaterThan(5);
    expect(await page.locator(".before-after input").inputValue()).toBe("50");
    const still = await openWebPage();
    expect(await still.locator(".before-after").getAttribute("data-moving")).toBe("false");
  });

  test("a sample shows its result under the pointer and with the focus", async () => {
    const page = await openWebPage();
    const sample = page.locator(".sample").first();
    const shown = () => sample.locator(".sample-lit").evaluate((image) => getComputedStyle(image).opacity);
    expect(await shown()).toBe("0");
    await sample.hover();
    expect(await shown()).toBe("1");
    await page.mouse.move(0, 0);
    await sample.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    expect(await shown()).toBe("1");
  });

  test("while Ember works the photo is there already, lit by a quick method", async () => {
    const { page, server } = await openOwnWebPage({ folders: withNetworks });
    const held = server.hold(/\.onnx$/);
    await dropExample(page, "moonlit-room.png");
    await page.waitForSelector("canvas[data-name=preview]");
    const before = meanShownLight(await shownPixels(page, await pictureNamed(page, "before")));
    const quick = await page.waitForSelector("canvas[data-name=preview]");
    expect(meanShownLight(await shownPixels(page, quick as never))).toBeGreaterThan(before);
    expect(await page.locator("canvas[data-name=after]").count()).toBe(0);
    // On a phone, too, the message takes one line.
    await page.setViewportSize({ width: 360, height: 640 });
    const telling = await page.getByText("Finding the light").last().boundingBox();
    expect(telling?.height).toBeLessThan(30);
    held.release();
    await pictureNamed(page, "after");
    expect(await page.locator(".preview").getAttribute("data-gone")).toBe("true");
  }, 180_000);

  test("the original is seen for as long as its button or key is held", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const isHidden = () => page.locator(".layer").nth(1).getAttribute("data-hidden");
    await page.getByRole("button", { name: "Hold to see the original" }).hover();
    await page.mouse.down();
    expect(await isHidden()).toBe("true");
    await page.mouse.up();
    expect(await isHidden()).toBe("false");
    await page.keyboard.down("\\");
    expect(await isHidden()).toBe("true");
    await page.keyboard.up("\\");
    expect(await isHidden()).toBe("false");
    // The key of a backslash is that of ß on German keyboards once AltGr is let go.
    const after = page.locator(".layer").nth(1);
    const press = (type: string, key: string) => after.dispatchEvent(type, { key, code: "Minus", bubbles: true });
    await press("keydown", "\\");
    expect(await isHidden()).toBe("true");
    await press("keyup", "ß");
    expect(await isHidden()).toBe("false");
  });

  test("of a photo with transparency the original does not show through the result", async () => {
    const page = await openWebPage();
    const glass = await sharp({ create: { width: 90, height: 60, channels: 4, background: "#20304080" } })
      .png()
      .toBuffer();
    await dropFile(page, "glass.png", glass);
    await pictureNamed(page, "after");
    const box = (await page.locator("canvas[data-name=after]").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    /** The colours of the page in the middle of the left and of the right half of the photo. */
    const shownHalves = async () => {
      const { data, info } = await sharp(await page.screenshot())
        .raw()
        .toBuffer({ resolveWithObject: true });
      return [0.3, 0.7].map((share) => {
        const at = Math.round(box.x + share * box.width) + Math.round(box.y + 0.3 * box.height) * info.width;
        return [...data.subarray(at * info.channels, at * info.channels + 3)];
      });
    };
    const hide = (name: string) =>
      page.locator(`canvas[data-name=${name}]`).evaluateAll((canvases) => {
        for (const canvas of canvases) canvas.style.visibility = "hidden";
      });
    // It may still fade.
    await hide("preview");
    const [before, after] = await shownHalves();
    await hide("before");
    const [withoutBefore, alone] = await shownHalves();
    expect(alone).toEqual(after);
    expect(withoutBefore).not.toEqual(before);
  });

  test("the photo is copied to the clipboard at full size, and can be dragged out once it was made", async () => {
    const { page, context } = await openOwnWebPage();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await dropExample(page, "still-life.jpg");
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Copy to the clipboard" }).click();
    await page.getByText("The photo is on the clipboard.").waitFor();
    const size = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = item && (await createImageBitmap(await item.getType("image/png")));
      return [bitmap?.width, bitmap?.height];
    });
    const { width, height } = await sharp(await smallExample("still-life.jpg")).metadata();
    expect(size).toEqual([width, height]);
    const link = page.locator(".drag-out");
    const dragged = await link.evaluate((element) => {
      const dataTransfer = new DataTransfer();
      element.dispatchEvent(new DragEvent("dragstart", { dataTransfer, bubbles: true }));
      return dataTransfer.getData("DownloadURL");
    });
    expect(dragged).toMatch(/^image\/png:still-life-kindled\.png:blob:/);
    // What is dragged out is what is shown.
    await page.locator("#contrast").fill("0.5");
    await link.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await link.waitFor();
  });

  test("the settings of one photo are given to all, in one step for each", async () => {
    const page = await openWebPage();
    for (const name of ["still-life.jpg", "moonlit-room.png"]) await dropExample(page, name);
    await pictureNamed(page, "after");
    const automatic = Number(await page.locator("#light").inputValue());
    const bright = page.getByRole("button", { name: "Bright", exact: true });
    await bright.click();
    expect(await bright.getAttribute("aria-pressed")).toBe("true");
    const light = await page.locator("#light").inputValue();
    const contrast = await page.locator("#contrast").inputValue();
    expect(Number(light) - automatic).toBeCloseTo(1, 0);
    await page.getByRole("button", { name: "Same settings for all photos" }).click();
    await page.getByRole("button", { name: "Show still-life.jpg" }).click();
    expect(await page.locator("#light").inputValue()).toBe(light);
    expect(await page.locator("#contrast").inputValue()).toBe(contrast);
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await page.locator("#light").inputValue()).not.toBe(light);
  });

  test("warmth and contrast change the picture that is shown, and the file that is saved", async () => {
    const page = await openWebPage();
    await dropExample(page, "still-life.jpg");
    const before = await shownPixels(page, await pictureNamed(page, "after"));
    const warm = await litAfter(page, () => page.locator("#warmth").fill("1"));
    const share = ({ rgba }: { rgba: Uint8Array }) => {
      let [red, blue] = [0, 0];
      for (let i = 0; i < rgba.length; i += 4) {
        red += rgba[i] ?? 0;
        blue += rgba[i + 2] ?? 0;
      }
      return red / blue;
    };
    expect(share(warm)).toBeGreaterThan(1.1 * share(before));
    await page.locator("#format").selectOption("png");
    const { channels } = await sharp(await downloadOf(page, "Save photo")).stats();
    expect((channels[0]?.mean ?? 0) / (channels[2]?.mean ?? 1)).toBeCloseTo(share(warm), 1);
  });

  test("a photo is turned and cropped without loss of its metadata, and saved at the size that is asked for", async () => {
    const page = await openWebPage();
    const photo = await smallExample("desk-by-the-window.jpg");
    const before = await sharp(photo).metadata();
    await dropFile(page, "desk.jpg", photo);
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Turn right" }).click();
    await page.getByRole("button", { name: "Crop", exact: true }).click();
    await page.getByRole("button", { name: "1:1" }).click();
    await page.getByRole("button", { name: "Bottom right corner of the crop" }).press("ArrowLeft");
    await page.locator("#format").selectOption("png");
    const whole = await sharp(await downloadOf(page, "Save photo")).metadata();
    const side = Math.min(before.width, before.height);
    expect(whole.height).toBe(side);
    expect(Math.abs(whole.width - side + 0.02 * Math.min(before.width, before.height))).toBeLessThan(2);
    expect(whole.icc?.equals(before.icc ?? Buffer.alloc(0))).toBe(true);
    // Formats differ in what stands before it.
    const bytesOfExif = (exif: Buffer | undefined) => exif?.subarray(exif.indexOf("II*")).length;
    expect(bytesOfExif(whole.exif)).toBe(bytesOfExif(before.exif));
    await page.locator("#side").selectOption({ index: 4 });
    await page.getByRole("button", { name: "All of it" }).click();
    await page.locator("#side").evaluate((select: HTMLSelectElement) => {
      select.add(new Option("100", "100"));
      select.value = "100";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const small = await sharp(await downloadOf(page, "Save photo")).metadata();
    expect(Math.max(small.width, small.height)).toBe(100);
    expect(small.height).toBe(100);
  });

  test.each([
    [1280, 800],
    [390, 844],
  ])("no button covers the photo or the corners of its crop on a screen of %i by %i", async (width, height) => {
    const page = await openWebPage({ viewport: { width, height } });
    await dropExample(page, "still-life.jpg");
    await pictureNamed(page, "after");
    const photo = await page.locator("canvas[data-name=after]").boundingBox();
    const bar = await page.locator(".view-bar").boundingBox();
    expect((photo?.y ?? 0) + (photo?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    await page.getByRole("button", { name: "Crop", exact: true }).click();
    const reached = await page.locator(".crop-corner").evaluateAll((corners) =>
      corners.map((corner) => {
        const { left, top, width, height } = corner.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2) === corner && left >= 0;
      }),
    );
    expect(reached).toEqual([true, true, true, true]);
    await page.getByRole("button", { name: "Done" }).click();
    await page.locator(".view-bar").waitFor();
  });

  test("the size of the file is estimated before it is written, and comes near", async () => {
    const page = await openWebPage();
    const large = await sharp("examples/photos/street-after-rain.jpg")
      .resize(1500, 1000)
      .jpeg({ quality: 92 })
      .toBuffer();
    await dropExample(page, "still-life.jpg");
    await pictureNamed(page, "after");
    await page.locator("#method").selectOption("gamma");
    await dropFile(page, "large.jpg", large);
    await page.getByRole("region", { name: "large.jpg" }).waitFor();
    await page.getByText("1,500 × 1,000").waitFor();
    const text = await page.locator(".save-foot .about").textContent();
    expect(text).toContain("1,500 × 1,000");
    const [, number = "", unit] = /about ([\d.]+) (\wB)/.exec(text ?? "") ?? [];
    const estimated = Number(number) * (unit === "MB" ? 1e6 : 1e3);
    const { length } = await downloadOf(page, "Save photo");
    expect(estimated / length).toBeGreaterThan(0.6);
    expect(estimated / length).toBeLessThan(1.7);
  }, 120_000);

  test("a photo that was not reduced for the screen is saved without being analysed again", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    let workers = 0;
    page.on("worker", () => workers++);
    await downloadOf(page, "Save photo");
    expect(workers).toBe(0);
  });

  test("full screen shows the photo alone, with its views", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Full screen" }).click();
    await page.getByRole("button", { name: "Leave full screen" }).click();
    await page.getByRole("button", { name: "Full screen" }).waitFor();
  });
});
