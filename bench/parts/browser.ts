// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as kindling from "@kindling/browser";
import { median } from "d3-array";
import type { Browser, Page } from "playwright-core";
import { type Bench, leastInTurns } from "../report/bench.ts";
import { combine, nothing, type Row, type Table } from "../report/table.ts";
import { buildLibrary, withLibraryPage } from "./library-page.ts";
import { measureSlider, sliderPhoto } from "./page-slider.ts";
import { megapixelsOf, nameOf, type Size } from "./photos-to-measure.ts";

/** Photos that are read, lit and saved. */
export const savedSizes: readonly Size[] = [
  { width: 4000, height: 3000 },
  { width: 8000, height: 6000 },
];

const megapixel: Size = { width: 1000, height: 1000 };

/** Measures Ember in the system's Chromium on WebAssembly, and the built page. */
export async function measureBrowser(bench: Bench, saved: readonly Size[]): Promise<Table> {
  const libraries = new Map<string, Promise<string>>();
  const libraryOf = (checkout: string) => {
    const known = libraries.get(checkout) ?? makeLibrary(bench, checkout, libraries.size);
    libraries.set(checkout, known);
    return known;
  };
  const rounds = bench.isQuick ? 2 : 5;
  const work = await leastInTurns(bench, { doing: "one megapixel in the browser" }, async (checkout) =>
    withLibraryPage({ library: await libraryOf(checkout), checkout, size: megapixel }, (page) =>
      lightBoth(page, rounds),
    ),
  );
  const slider = await leastInTurns(bench, { doing: "the page's slider" }, (checkout) => measureSlider(checkout, 24));
  const rows: Row[] = [
    { words: ["analysed in floats", nameOf(megapixel)], figures: [work("floats"), nothing, nothing] },
    { words: ["analysed in 8-bit integers", nameOf(megapixel)], figures: [work("integers"), nothing, nothing] },
    { words: ["relit", nameOf(megapixel)], figures: [work("relighting"), nothing, nothing] },
    {
      words: ["a move of the page's slider", nameOf(sliderPhoto)],
      figures: [slider("seconds"), slider("processorSeconds"), nothing],
    },
  ];
  for (const size of saved) {
    const doing = `${megapixelsOf(size).toFixed(0)} megapixels saved in the browser`;
    const save = await leastInTurns(bench, { doing, runs: 1 }, async (checkout) =>
      withLibraryPage({ library: await libraryOf(checkout), checkout, size }, saveOnce),
    );
    const peakMB = combine((bytes) => bytes / 1e6, save("peakBytes"));
    rows.push({ words: ["read, lit and saved", nameOf(size)], figures: [save("seconds"), nothing, peakMB] });
  }
  return {
    title: "In the browser",
    about:
      "Ember in Chromium on WebAssembly with a thread for each core, by the browser library; medians for one megapixel. Of the page's " +
      "slider, from its event until the picture is drawn. Peak memory is that of the renderer's process.",
    words: ["work", "photo"],
    figures: [{ head: "s" }, { head: "processor s" }, { head: "peak MB" }],
    rows,
  };
}

async function makeLibrary(bench: Bench, checkout: string, number: number): Promise<string> {
  const folder = join(bench.folder, `library-${number}`);
  mkdirSync(folder);
  await buildLibrary(checkout, folder);
  return folder;
}

/** Seconds of analysis by both weights in turns, and of relighting as the page waits for it, with the picture in the screen's colours. */
async function lightBoth(page: Page, rounds: number) {
  const times = await page.evaluate(async (most) => {
    const script = "/kindling.js";
    const { openEnhancer } = (await import(script)) as typeof kindling;
    const enhancer = await openEnhancer({ modelsUrl: new URL("/models/", location.href).href, device: "cpu" });
    const photo = await enhancer.read(await (await fetch("/photo.jpg")).blob());
    const analysis: Record<string, number[]> = { "ember.free": [], "ember.int8": [] };
    const relighting: number[] = [];
    for (let i = 0; i < most; i++) {
      for (const [method, seconds] of Object.entries(analysis)) {
        const started = performance.now();
        const scene = await photo.analyse({ method });
        seconds.push((performance.now() - started) / 1000);
        for (let k = 0; k < 5; k++) {
          const moved = performance.now();
          await scene.relight({ light: 1 + k / 2 });
          relighting.push((performance.now() - moved) / 1000);
        }
        scene.close();
      }
    }
    enhancer.close();
    return { floats: analysis["ember.free"], integers: analysis["ember.int8"], relighting };
  }, rounds);
  const middle = (values: readonly number[] = []) => median(values) ?? Number.NaN;
  return { floats: middle(times.floats), integers: middle(times.integers), relighting: middle(times.relighting) };
}

/** Reads a photo, lights it at full size and saves it at once, as the page does. */
async function saveOnce(page: Page, browser: Browser) {
  const seconds = await page.evaluate(async () => {
    const script = "/kindling.js";
    const { enhancePhoto } = (await import(script)) as typeof kindling;
    const file = await (await fetch("/photo.jpg")).blob();
    const started = performance.now();
    const modelsUrl = new URL("/models/", location.href).href;
    await enhancePhoto(file, { modelsUrl, device: "cpu" });
    return (performance.now() - started) / 1000;
  });
  return { seconds, peakBytes: await rendererPeakOf(browser) };
}

/** Peak resident memory in bytes of the largest of a browser's renderers; not a number where the system does not tell. */
async function rendererPeakOf(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const peaks = processInfo.flatMap(({ id, type }) => {
    const facts = `/proc/${id}/status`;
    if (type !== "renderer" || !existsSync(facts)) return [];
    return [1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(facts, "utf8"))?.[1])];
  });
  return peaks.length === 0 ? Number.NaN : Math.max(...peaks);
}
