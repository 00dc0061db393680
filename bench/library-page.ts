import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { build } from "vite";
import { openChromium } from "../test/support/chromium.ts";
import { serveFolders } from "../test/support/static-server.ts";

/**
 * Opens a page of the system's Chromium that may load the browser library from /kindling.js, the models from /models/ and a dark
 * photo of some size from /photo.jpg. All is closed afterwards.
 */
export async function withLibraryPage(
  { width, height }: { readonly width: number; readonly height: number },
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kindling-bench-"));
  await build({ root: "packages/browser", logLevel: "error", build: { outDir: folder } });
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Kindling measured</title>");
  await sharp("examples/photos/still-life.jpg")
    .resize(width, height, { fit: "fill" })
    .jpeg()
    .toFile(join(folder, "photo.jpg"));
  const server = await serveFolders({ "/": folder, "/models/": "models" }, { isolated: true });
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await use(page);
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
