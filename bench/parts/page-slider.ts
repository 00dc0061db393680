// The function handed to the page runs in the browser.
/// <reference lib="dom" />
import { existsSync } from "node:fs";
import { join } from "node:path";
import { median } from "d3-array";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { openChromium } from "../../test/support/chromium.ts";
import { serveFolders } from "../../test/support/static-server.ts";

interface TraceEvent {
  readonly name: string;
  /** Processor time (µs). */
  readonly tdur?: number;
}

/** Size of the photo that is lit in the page. */
export const sliderPhoto = { width: 1224, height: 816 };

/**
 * Measures one move of the light slider in the built page of a checkout, from the slider's event until the picture is drawn, with
 * Ember on WebAssembly. Processor time is that of the browser's threads from its own trace, ONNX Runtime's excepted: they run no
 * tasks.
 */
export async function measureSlider(checkout: string, changes: number) {
  const folder = join(checkout, "apps/web/dist");
  if (!existsSync(join(folder, "index.html"))) throw new Error(`${folder} is not built: run npm run build there.`);
  const server = await serveFolders({ "/": folder }, { isolated: true });
  const browser = await openChromium("--disable-gpu");
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    await page.goto(server.url);
    await openPhoto(page);
    return await moveSlider(browser, page, changes);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function openPhoto(page: Page): Promise<void> {
  const { width, height } = sliderPhoto;
  const street = join(import.meta.dirname, "../../examples/photos/street-after-rain.jpg");
  const buffer = await sharp(street).resize(width, height).jpeg().toBuffer();
  const file = { name: "night.jpg", mimeType: "image/jpeg", buffer };
  await page.locator("[data-picker=files]").first().setInputFiles(file);
  await page.locator("canvas[data-name=after]").waitFor();
}

async function moveSlider(browser: Browser, page: Page, changes: number) {
  const levelOf = (change: number) => 1 + 0.2 * (change % 8);
  for (let change = 0; change < 4; change++) await secondsUntilDrawn(page, levelOf(change));
  await browser.startTracing(page, { categories: ["toplevel"] });
  const times: number[] = [];
  for (let change = 0; change < changes; change++) times.push(await secondsUntilDrawn(page, levelOf(change)));
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const tasks = traceEvents.filter(({ name }) => /RunTask$/.test(name));
  const microseconds = tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  return { seconds: median(times) ?? Number.NaN, processorSeconds: microseconds / 1e6 / changes };
}

/** Moves the slider as a hand does, and waits for the next drawing of the lit picture. */
function secondsUntilDrawn(on: Page, level: number): Promise<number> {
  return on.evaluate(
    (value) =>
      new Promise<number>((done) => {
        const slider = document.querySelector<HTMLInputElement>("#light");
        const context = document.querySelector<HTMLCanvasElement>("canvas[data-name=after]")?.getContext("2d");
        if (!slider || !context) throw new Error("The page shows no lit picture.");
        const begun = performance.now();
        const draw = context.drawImage;
        context.drawImage = (...picture: unknown[]) => {
          context.drawImage = draw;
          Reflect.apply(draw, context, picture);
          done((performance.now() - begun) / 1000);
        };
        slider.value = String(value);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    level,
  );
}
