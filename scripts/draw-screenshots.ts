// Draws the page as it looks, on a phone and on a desk, in both themes, into docs/: `npm run screenshots`, after the build.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { openChromium } from "../test/support/chromium.ts";
import { serveFolders } from "../test/support/static-server.ts";

const folder = "docs/page";
const photo = "examples/photos/street-after-rain.jpg";
const screens = {
  desk: { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
/** Widths in the documentation (px). */
const drawnWidths = { desk: 1080, phone: 390 };

await mkdir(folder, { recursive: true });
const server = await serveFolders({ "/": "apps/web/dist" }, { isolated: true });
const browser = await openChromium("--disable-gpu");
for (const [screen, options] of Object.entries(screens)) {
  for (const colorScheme of ["dark", "light"] as const) {
    const page = await browser.newPage({ ...options, colorScheme, reducedMotion: "reduce" });
    await page.goto(server.url);
    await page.locator("[data-picker=files]").setInputFiles(photo);
    await page.locator("canvas[data-name=after]").waitFor();
    // The histogram and the small picture in the strip come a moment later.
    await page.waitForTimeout(500);
    const file = join(folder, `${screen}-${colorScheme}.webp`);
    const width = drawnWidths[screen as keyof typeof drawnWidths];
    await sharp(await page.screenshot())
      .resize(width)
      .webp({ quality: 72 })
      .toFile(file);
    console.log(file);
    await page.close();
  }
}
await browser.close();
await server.close();
