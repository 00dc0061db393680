// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { decodePhoto, openEnhancer } from "@kindling/node";
import { integersOfPicture } from "@kindling/node/internal";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { de } from "../../apps/web/src/i18n/de.ts";
import { en } from "../../apps/web/src/i18n/en.ts";
import { es } from "../../apps/web/src/i18n/es.ts";
import { ja } from "../../apps/web/src/i18n/ja.ts";
import { ko } from "../../apps/web/src/i18n/ko.ts";
import { zh } from "../../apps/web/src/i18n/zh.ts";
import { largestDifference, meanShownLight, shownPixels } from "../support/browser-pixels.ts";
import { hasChromium } from "../support/chromium.ts";
import {
  builtPage,
  dropExample,
  dropFile,
  dropFiles,
  litAfter,
  pictureNamed,
  smallExample,
  testWebPage,
  withNetworks,
} from "../support/web-page.ts";

describe.skipIf(!hasChromium)("the page", () => {
  const { openWebPage, openOwnWebPage } = testWebPage();

  test("shows a photo that is dropped on it as Node would make it, at automatic light", async () => {
    const page = await openWebPage({ reducedMotion: "no-preference" });
    await dropExample(page, "still-life.jpg");
    const shown = await shownPixels(page, await pictureNamed(page, "after"));
    const method = await page.locator("#method").inputValue();
    const photo = await decodePhoto(await smallExample("still-life.jpg"), { name: "still-life.jpg" });
    const lit = await (await (await openEnhancer({ method })).analyse(photo)).relight();
    expect(largestDifference(shown, integersOfPicture(lit.picture, 8))).toBeLessThanOrEqual(2);
  });

  test("gets brighter with every step of the light slider, and undo takes a step back", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const lights: number[] = [];
    for (const level of ["1", "1.5", "2", "3"]) {
      const shown = await litAfter(page, () => page.locator("#light").fill(level));
      lights.push(meanShownLight(shown));
    }
    expect(lights).toEqual([...lights].sort((a, b) => a - b));
    expect(new Set(lights).size).toBe(lights.length);
    const back = await litAfter(page, () => page.keyboard.press("Control+z"));
    expect(meanShownLight(back)).toBeCloseTo(lights[2], 5);
    for (const keys of ["Control+Shift+z", "Control+y"]) {
      const again = await litAfter(page, () => page.keyboard.press(keys));
      expect(meanShownLight(again)).toBeCloseTo(lights[3], 5);
      await litAfter(page, () => page.keyboard.press("Control+z"));
    }
  });

  test("takes Ember where its weights are there, with its noise slider and the photo taken apart", async () => {
    const { page } = await openOwnWebPage({ folders: withNetworks });
    await dropExample(page, "moonlit-room.png");
    const shown = await shownPixels(page, await pictureNamed(page, "after"));
    const method = await page.locator("#method").inputValue();
    expect(method).toMatch(/^ember\./);
    const photo = await decodePhoto(await smallExample("moonlit-room.png"), { name: "moonlit-room.png" });
    const scene = await (await openEnhancer({ method, device: "cpu" })).analyse(photo);
    expect(largestDifference(shown, integersOfPicture((await scene.relight()).picture, 8))).toBeLessThanOrEqual(2);

    const noisy = await litAfter(page, () => page.getByLabel("Noise removal").fill("0"));
    const expected = integersOfPicture((await scene.relight({ denoise: 0 })).picture, 8);
    expect(largestDifference(noisy, expected)).toBeLessThanOrEqual(2);

    for (const [view, map] of Object.entries({ Reflectance: "reflectance", Illumination: "illumination" } as const)) {
      await page.getByRole("button", { name: view }).click();
      const seen = await shownPixels(page, await pictureNamed(page, map));
      expect(largestDifference(seen, integersOfPicture(scene.maps()[map], 8))).toBeLessThanOrEqual(2);
    }
    await page.getByText("the light alone, as much as falls on each place").waitFor();
  }, 120_000);

  test("shows what each method makes of the photo, and takes the one that is pressed", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Methods side by side" }).click();
    // The method in use is there first, and nothing lies behind the buttons.
    await page.locator('.method-grid [aria-current="true"] > canvas').waitFor();
    const [grid, bar] = await Promise.all(
      [".method-grid", ".view-bar"].map((part) => page.locator(part).boundingBox()),
    );
    expect((grid?.y ?? 0) + (grid?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    await page.locator(".method-grid canvas").nth(7).waitFor();
    await page.getByRole("button", { name: "Use Gamma correction" }).click();
    expect(await page.locator("#method").inputValue()).toBe("gamma");
  });

  test("paints light where the brush goes, and nowhere else", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const before = await litAfter(page, () => page.locator("#light").fill("2"));
    await page.getByText("Paint light").click();
    const layer = await page.locator(".brush-layer").boundingBox();
    if (!layer) throw new Error("There is nothing to paint on.");
    const sumAt = ({ rgba, width, height }: typeof before, x: number) => {
      const at = 4 * (Math.floor(height / 2) * width + Math.floor(x * width));
      return rgba.subarray(at - 40, at + 40).reduce((sum, value) => sum + value, 0);
    };
    for (const [button, sign] of [
      ["Darker", -1],
      ["Brighter", 1],
    ] as const) {
      await page.getByText(button, { exact: true }).click();
      const after = await litAfter(page, async () => {
        await page.mouse.move(layer.x + layer.width * 0.25, layer.y + layer.height * 0.5);
        await page.mouse.down();
        await page.mouse.move(layer.x + layer.width * 0.3, layer.y + layer.height * 0.5, { steps: 4 });
        await page.mouse.up();
      });
      expect(sign * (sumAt(after, 0.27) - sumAt(before, 0.27))).toBeGreaterThan(0);
      expect(sumAt(after, 0.9)).toBe(sumAt(before, 0.9));
      await litAfter(page, () => page.getByText("Clear the strokes").click());
    }
  });

  test("moves and zooms the photo with keys, and says how near it is", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    const place = () => page.locator("[data-name=after]").evaluate((canvas) => canvas.getBoundingClientRect().toJSON());
    const stage = page.getByRole("region", { name: "moonlit-room.png" });
    const fitted = await place();
    await stage.focus();
    await page.keyboard.press("ArrowRight");
    expect(await place()).toEqual(fitted);
    await page.keyboard.press("+");
    await page
      .getByRole("status")
      .getByText(/Zoom 1\d\d percent/)
      .waitFor({ state: "attached" });
    const near = await place();
    expect(near.width).toBeGreaterThan(fitted.width);
    for (const [key, side] of Object.entries({ ArrowRight: "x", ArrowDown: "y" } as const)) {
      const before = (await place())[side];
      await page.keyboard.press(key);
      await expect.poll(async () => (await place())[side]).toBeLessThan(before - 40);
    }
    await page.keyboard.press("0");
    await expect.poll(place).toEqual(fitted);
  });

  test("leaves the divider where it is when something over the photo is pressed", async () => {
    const page = await openWebPage();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Magnifier" }).click();
    expect(await page.getByLabel("Compare before and after").inputValue()).toBe("50");
  });

  test("tells in its help what can be done, without a barrier", async () => {
    const page = await openWebPage({ bypassCSP: true });
    await page.getByRole("button", { name: "Help" }).click();
    await page.getByRole("dialog", { name: "How to" }).getByText("Look closer").waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  });

  test("says kindly what is wrong with a file, and goes on", async () => {
    const page = await openWebPage();
    await dropFile(page, "letter.jpg", new TextEncoder().encode("Dear photo,"));
    await page.getByText("letter.jpg is not a photo this page can read.").waitFor();
    const cut = readFileSync("examples/photos/moonlit-room.png").subarray(0, 5000);
    await dropFile(page, "half.png", cut);
    await page.getByText("half.png is damaged or cut short.").waitFor();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
  });

  test("has no barrier that axe knows of, in the system's theme and in the other", async () => {
    const page = await openWebPage({ colorScheme: "light", bypassCSP: true });
    const expectNoneInBoth = async () => {
      for (const theme of ["light", "dark"]) {
        expect(await page.locator("html").getAttribute("data-theme")).toBe(theme);
        expect(await barriers(page), theme).toEqual([]);
        await page.getByRole("button", { name: /^(Light|Dark) theme$/ }).click();
      }
    };
    await expectNoneInBoth();
    await dropExample(page, "moonlit-room.png");
    await pictureNamed(page, "after");
    await page.getByText("Paint light").click();
    await expectNoneInBoth();
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoneInBoth();
  });

  test("has no barrier in any other state: cropping, views, messages, failures, saving", async () => {
    const options = {
      bypassCSP: true,
      reducedMotion: "reduce",
      folders: withNetworks,
      expected: /ERR_|Failed|fetch/,
    } as const;
    const { page, server } = await openOwnWebPage(options);
    const held = server.hold(/\.onnx$/);
    await dropExample(page, "moonlit-room.png");
    await page.waitForSelector("canvas[data-name=preview]");
    expect(await barriers(page)).toEqual([]);
    await page.locator("#method").selectOption("gamma");
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Crop", exact: true }).click();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Methods side by side" }).click();
    await page.locator(".method-grid button > canvas").nth(1).waitFor();
    expect(await barriers(page)).toEqual([]);
    const letter = new TextEncoder().encode("Dear photo,");
    await dropFiles(page, { "a.jpg": letter, "b.jpg": letter });
    await page.getByText("2 of 2 files could not be opened:").waitFor();
    await page.getByText("Save photo").click();
    await page.locator(".drag-out").waitFor();
    expect(await barriers(page)).toEqual([]);
    server.interrupt(/ort[^/]+\.(wasm|js)$|\.onnx$/);
    held.release();
    await page.locator("#method").selectOption({ index: 1 });
    await page.getByText("could not be fetched").waitFor();
    expect(await barriers(page)).toEqual([]);
  }, 300_000);

  test("has no barrier in any language, on a phone, in its help", async () => {
    const viewport = { width: 390, height: 844 };
    const page = await openWebPage({ viewport, bypassCSP: true });
    for (const [code, words] of Object.entries({ en, de, es, ja, ko, zh })) {
      await page.locator(".language").selectOption(code);
      await page.getByRole("button", { name: words.help, exact: true }).click();
      await page.getByRole("dialog").waitFor();
      expect(await barriers(page), code).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
    }
  }, 120_000);

  test("loads little at first: under 60 kB of script without the worker, and no network", () => {
    const html = readFileSync(join(builtPage, "index.html"), "utf8");
    const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file);
    const kilobytes = (files: readonly string[]) =>
      files.reduce((sum, file) => sum + gzipSync(readFileSync(join(builtPage, file))).length, 0) / 1000;
    expect(scripts.length).toBeGreaterThan(0);
    expect(kilobytes(scripts)).toBeLessThan(60);
    const styles = [...html.matchAll(/href="\.\/(assets\/[^"]+\.css)"/g)].map(([, file]) => file);
    expect(kilobytes([...scripts, ...styles, "index.html"])).toBeLessThan(70);
    expect(html).toContain("default-src &#39;none&#39;");
  });
});

async function barriers(page: Page): Promise<string[]> {
  const isLoaded = await page.evaluate(() => "axe" in globalThis);
  if (!isLoaded)
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(
    (): Promise<AxeResults> => (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => html + failureSummary).join(" ")}`,
  );
}
