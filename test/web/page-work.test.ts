// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import type { Locator, Page } from "playwright-core";
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
} from "../support/web-page.ts";

describe.skipIf(!hasChromium)("work on the page", () => {
  const { openWebPage, openOwnWebPage } = testWebPage();

  /** Tries to leave the page, and tells whether the browser asked. */
  async function isAskedOnLeaving(page: Page): Promise<boolean> {
    let isAsked = false;
    page.once("dialog", (dialog) => {
      isAsked = dialog.type() === "beforeunload";
      void dialog.dismiss();
    });
    await page.close({ runBeforeUnload: true });
    await page.waitForEvent("close", { timeout: 2000 }).catch(() => undefined);
    return isAsked;
  }

  test("is not lost without a question: leaving asks once something was changed", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.locator("#light").press("ArrowRight");
    await page.locator("#light").blur();
    expect(await isAskedOnLeaving(page)).toBe(true);
  });

  test("that was saved may be left", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.locator("#light").press("ArrowRight");
    await page.locator("#light").blur();
    await downloadOf(page, "Save photo");
    await page.getByText("moonlit-room-kindled.png is saved.").waitFor();
    expect(await isAskedOnLeaving(page)).toBe(false);
  });

  test("that changed while photos were saved as a zip is not taken for saved", async () => {
    const { page, server } = await openOwnWebPage();
    for (const name of ["moonlit-room.png", "still-life.jpg"]) await dropExample(page, name);
    await page.getByRole("button", { name: "Show moonlit-room.png" }).click();
    await pictureNamed(page, "after");
    const held = server.hold(/avif_enc.*\.wasm$/);
    await page.getByLabel("Format").selectOption("avif");
    const downloaded = page.waitForEvent("download");
    await page.getByText("Save all 2 as a zip").click();
    await page.locator(".saving").getByText("moonlit-room.png").waitFor();
    await held.asked;
    await page.locator("#light").press("ArrowRight");
    await page.locator("#light").blur();
    held.release();
    await downloaded;
    await page.getByText("kindling.zip is saved.").waitFor();
    expect(await isAskedOnLeaving(page)).toBe(true);
  }, 60_000);

  test("the photo that is shown is in sight among many", async () => {
    const page = await openWebPage();
    const photo = await sharp({ create: { width: 48, height: 32, channels: 3, background: "#222" } })
      .png()
      .toBuffer();
    const names = Array.from({ length: 24 }, (_, i) => `${i}.png`);
    await dropFiles(page, Object.fromEntries(names.map((name) => [name, photo])));
    const chosen = page.locator(".strip [aria-current=true]");
    await dropFile(page, "last.png", photo);
    await expect.poll(() => chosen.getAttribute("aria-label")).toContain("last.png");
    const isInSight = () =>
      chosen.evaluate((button) => {
        const [own, list] = [button, button.closest("ul")!].map((element) => element.getBoundingClientRect());
        return own!.left >= list!.left && own!.right <= list!.right && own!.right <= innerWidth;
      });
    await expect.poll(isInSight).toBe(true);
  });

  test("a photo that was closed is brought back with its settings", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.locator("#light").fill("3");
    await page.locator(".strip li").hover();
    await page.getByRole("button", { name: "Close moonlit-room.png" }).click();
    await page.getByRole("button", { name: "Choose photos" }).waitFor();
    await page.getByRole("button", { name: "Bring it back" }).click();
    await pictureNamed(page, "after");
    expect(await page.locator("#light").inputValue()).toBe("3");
  });

  test("ten presses of a key on the slider are one step to undo", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const light = page.locator("#light");
    const before = await light.inputValue();
    for (let i = 0; i < 10; i++) await light.press("ArrowLeft");
    expect(Number(await light.inputValue())).toBeCloseTo(Number(before) - 1);
    await page.keyboard.press("Control+z");
    expect(await light.inputValue()).toBe(before);
    expect(await page.getByRole("button", { name: "Undo" }).isDisabled()).toBe(true);
  });

  test("a drag of a slider or of a crop, and a press of a button, are one step each; what changes nothing is none", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const undo = page.getByRole("button", { name: "Undo" });
    const auto = page.getByRole("button", { name: "Auto", exact: true });
    const light = page.locator("#light");
    const before = await light.inputValue();
    await auto.click();
    await auto.click();
    for (const name of ["warmth", "contrast"]) await page.locator(`#${name}`).focus();
    expect(await undo.isDisabled()).toBe(true);
    const { x, y, width, height } = (await light.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.click(x + 0.9 * width, y + height / 2);
    expect(await light.inputValue()).not.toBe(before);
    await undo.click();
    expect(await light.inputValue()).toBe(before);
    expect(await undo.isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Crop", exact: true }).click();
    await page.getByRole("button", { name: "Bottom right corner of the crop" }).hover();
    await page.mouse.down();
    await page.mouse.move(x + 0.5 * width, y - 300, { steps: 4 });
    await page.mouse.up();
    await undo.click();
    expect(await undo.isDisabled()).toBe(true);
  });

  test("the slider shows the light that was found for the photo on the stage, also after another was there", async () => {
    const page = await openWebPage();
    const light = page.locator("#light");
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const ofRoom = await light.inputValue();
    await dropFile(
      page,
      "bright.png",
      await sharp(await smallExample("moonlit-room.png"))
        .linear(3, 10)
        .png()
        .toBuffer(),
    );
    await page.getByRole("region", { name: "bright.png" }).waitFor();
    await expect.poll(() => light.inputValue()).not.toBe(ofRoom);
    await page.getByRole("button", { name: "Show moonlit-room.png" }).click();
    await expect.poll(() => light.inputValue()).toBe(ofRoom);
  });

  test("the focus has a place after the first photo, and after one is closed", async () => {
    const page = await openWebPage();
    const focused = () => page.evaluate(() => document.activeElement?.className || document.activeElement?.tagName);
    await dropExample(page, "moonlit-room.png");
    await expect.poll(focused).toBe("stage");
    await dropExample(page, "still-life.jpg");
    await page.getByRole("button", { name: "Close still-life.jpg" }).press("Enter");
    await expect.poll(focused).toBe("strip-photo");
    await page.getByRole("button", { name: "Close moonlit-room.png" }).press("Enter");
    await expect.poll(focused).toBe("main-button");
  });

  test.each([
    [320, 640],
    [320, 256],
  ])("nothing is cut off or covered on a screen of %i by %i pixels", async (width, height) => {
    const page = await openWebPage({ viewport: { width, height } });
    const cutOff = () =>
      page.evaluate(() => {
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        const beyond = [...document.querySelectorAll("button, input, select, h1, h2, label")].filter((element) => {
          const box = element.getBoundingClientRect();
          const isShown =
            element.checkVisibility() &&
            box.width > 1 &&
            !element.closest(".only-heard, .strip, .compare, .before-after");
          return isShown && (box.left < -1 || box.right > innerWidth + 1);
        });
        return { wide, beyond: beyond.map((element) => element.outerHTML.slice(0, 120)) };
      });
    expect(await cutOff()).toEqual({ wide: 0, beyond: [] });
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    expect(await cutOff()).toEqual({ wide: 0, beyond: [] });
    if (height > 300) return;
    const overlap = await page.evaluate(() => {
      const [stage, dock] = [".stage", ".light-dock"].map((name) =>
        document.querySelector(name)?.getBoundingClientRect(),
      );
      return stage && dock ? Math.min(stage.bottom, dock.bottom) - Math.max(stage.top, dock.top) : Number.NaN;
    });
    expect(overlap).toBeLessThanOrEqual(0);
  });

  test("with forced colours sliders have tracks, and what is pressed shows it", async () => {
    const page = await openWebPage({ forcedColors: "active" });
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const greyOf = async (element: Locator) => {
      const { data, info } = await sharp(await element.screenshot())
        .greyscale()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { ...info, data };
    };
    const track = await greyOf(page.locator("#light"));
    // A quarter along, where no thumb is: from top to bottom there must be more than the background.
    const column = Array.from(
      { length: track.height },
      (_, y) => track.data[y * track.width + Math.round(track.width / 4)] ?? 0,
    );
    expect(Math.max(...column) - Math.min(...column)).toBeGreaterThan(100);
    // As they look: computed colours are those before the system's take their place.
    const meanOf = async (pressed: boolean) => {
      const { data } = await greyOf(page.locator(`.view-bar [aria-pressed=${pressed}]`).first());
      return data.reduce((sum, value) => sum + value, 0) / data.length;
    };
    expect(Math.abs((await meanOf(true)) - (await meanOf(false)))).toBeGreaterThan(50);
  });
});
