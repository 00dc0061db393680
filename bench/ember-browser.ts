/**
 * How long Ember takes for a photo of one megapixel in the system's Chromium, on WebAssembly: analysis, and relighting as
 * the page waits for it, with the picture brought to the screen's colours and handed over.
 *
 * Run: npx tsx bench/ember-browser.ts. Prints Markdown.
 */
// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import type * as kindling from "@kindling/browser";
import { withLibraryPage } from "./library-page.ts";

await withLibraryPage({ width: 1000, height: 1000 }, async (page) => {
  const times = await page.evaluate(async () => {
    const script = "/kindling.js";
    const { openEnhancer } = (await import(script)) as typeof kindling;
    const enhancer = await openEnhancer({ modelsUrl: new URL("/models/", location.href).href, device: "cpu" });
    const photo = await enhancer.read(await (await fetch("/photo.jpg")).blob());
    const [analyse, relight]: [number[], number[]] = [[], []];
    for (let i = 0; i < 5; i++) {
      const started = performance.now();
      const scene = await photo.analyse({ method: "ember" });
      analyse.push(performance.now() - started);
      for (let k = 0; k < 5; k++) {
        const moved = performance.now();
        await scene.relight({ light: 1 + k / 2 });
        relight.push(performance.now() - moved);
      }
    }
    enhancer.close();
    return { analyse, relight, threads: crossOriginIsolated ? navigator.hardwareConcurrency : 1 };
  });
  const [analyse, relight] = [median(times.analyse), median(times.relight)];
  console.log("| photo | threads | analysis, median ms | relighting, median ms |\n| --- | ---: | ---: | ---: |");
  console.log(`| 1000x1000 | ${times.threads} | ${analyse.toFixed(0)} | ${relight.toFixed(1)} |`);
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
