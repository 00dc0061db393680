import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { openChromium } from "../../test/support/chromium.ts";
import { serveFolders } from "../../test/support/static-server.ts";
import { type Size, writePhoto } from "./photos-to-measure.ts";

/** A folder with the browser library of a checkout, as a page without a bundler takes it. */
export async function buildLibrary(checkout: string, folder: string): Promise<void> {
  await build({
    root: join(checkout, "packages/browser"),
    // The other way of loading its configuration would write into the checkout.
    configLoader: "runner",
    logLevel: "error",
    build: { outDir: folder },
  });
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Kindling measured</title>");
}

/**
 * Opens a page of the system's Chromium that may load the browser library from /kindling.js, the models from /models/ and a dark
 * photo of some size from /photo.jpg. All is closed afterwards.
 *
 * @param library what `buildLibrary` made.
 */
export async function withLibraryPage<T>(
  { library, checkout, size }: { readonly library: string; readonly checkout: string; readonly size: Size },
  use: (page: Page, browser: Browser) => Promise<T>,
): Promise<T> {
  await writePhoto(join(library, "photo.jpg"), size);
  const folders = { "/": library, "/models/": join(checkout, "models") };
  const server = await serveFolders(folders, { isolated: true });
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    return await use(page, browser);
  } finally {
    await browser.close();
    await server.close();
  }
}
