/**
 * What a photo takes in the system's Chromium that is read, enhanced at full size and saved at once, as the page saves it: seconds,
 * and the peak memory of the renderer's process.
 *
 * Run on Linux: npx tsx bench/browser-save.ts [megapixels] [method]. Prints Markdown.
 */
// The function handed to the page runs in the browser.
/// <reference lib="dom" />
import { readdirSync, readFileSync } from "node:fs";
import type * as kindling from "@kindling/browser";
import { withLibraryPage } from "./library-page.ts";

const [megapixels = "48", method = "ember"] = process.argv.slice(2);
const [width, height] = [4, 3].map((side) => Math.round(side * Math.sqrt((Number(megapixels) * 1e6) / 12)));

await withLibraryPage({ width, height }, async (page) => {
  const before = rendererPeaks();
  const { seconds, bytes } = await page.evaluate(async (name) => {
    const script = "/kindling.js";
    const { enhancePhoto } = (await import(script)) as typeof kindling;
    const file = await (await fetch("/photo.jpg")).blob();
    const started = performance.now();
    const saved = await enhancePhoto(file, {
      modelsUrl: new URL("/models/", location.href).href,
      device: "cpu",
      method: name,
    });
    return { seconds: (performance.now() - started) / 1000, bytes: saved.bytes.length };
  }, method);
  const peaks = rendererPeaks();
  const peak = Math.max(...[...peaks].map(([id, most]) => (before.has(id) ? most : 0)));
  console.log("| method | photo | seconds | file MB | renderer's peak MB |\n| --- | --- | ---: | ---: | ---: |");
  const sizes = [seconds, bytes / 1e6, peak / 1e6].map((value) => value.toFixed(0));
  console.log(`| ${method} | ${width}x${height} | ${sizes.join(" | ")} |`);
});

/** Peak resident memory in bytes of Chromium's renderers, by process. */
function rendererPeaks(): Map<string, number> {
  const peaks = new Map<string, number>();
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--type=renderer")) continue;
      const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
      if (kilobytes) peaks.set(id, Number(kilobytes) * 1024);
    } catch {
      // The process has ended meanwhile.
    }
  }
  return peaks;
}
