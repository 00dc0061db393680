// Draws the page as it looks, before and with a photo, on desks, phones, narrow and enlarged screens, into docs/:
// `npm run screenshots`, after the build.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { openChromium } from "../test/support/chromium.ts";
import { type StaticServer, serveFolders } from "../test/support/static-server.ts";

/** A picture of the page. */
interface Shot {
  readonly name: string;
  readonly options: BrowserContextOptions;
  /** Width in the documentation (px). */
  readonly drawn: number;
  readonly prepare: (page: Page, server: StaticServer) => Promise<unknown>;
  readonly fullPage?: boolean;
}

const folder = "docs/page";
const photo = "examples/photos/street-after-rain.jpg";
const desk = { viewport: { width: 1440, height: 900 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
// A desk's window of 1280 x 1024 at 400 % has this many pixels of the page.
const enlarged = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };

async function openPhoto(page: Page): Promise<void> {
  await page.locator("[data-picker=files]").setInputFiles(photo);
  await page.locator("canvas[data-name=after]").waitFor();
  // The histogram and the small picture in the strip come a moment later.
  await page.waitForTimeout(900);
}

async function keepWorking(page: Page, server: StaticServer): Promise<void> {
  const held = server.hold(/\.onnx$/);
  // The pictures that follow need their networks.
  page.once("close", held.release);
  await page.locator("[data-picker=files]").setInputFiles(photo);
  await held.asked;
  await page.locator("canvas[data-name=preview]").waitFor();
  await page.waitForTimeout(600);
}

const settle = (page: Page) => page.waitForTimeout(600);
const dark = { colorScheme: "dark" } as const;
const light = { colorScheme: "light" } as const;
const shots: readonly Shot[] = [
  { name: "cold", options: { ...desk, ...dark }, drawn: 1080, prepare: settle },
  { name: "working", options: { ...desk, ...dark }, drawn: 1080, prepare: keepWorking },
  { name: "desk-dark", options: { ...desk, ...dark }, drawn: 1080, prepare: openPhoto },
  { name: "desk-light", options: { ...desk, ...light }, drawn: 1080, prepare: openPhoto },
  { name: "phone-cold", options: { ...phone, ...dark }, drawn: 390, prepare: settle },
  { name: "phone-dark", options: { ...phone, ...dark }, drawn: 390, prepare: openPhoto },
  { name: "phone-light", options: { ...phone, ...light }, drawn: 390, prepare: openPhoto },
  {
    name: "narrow",
    options: { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, ...light },
    drawn: 320,
    prepare: openPhoto,
    fullPage: true,
  },
  { name: "enlarged", options: { ...enlarged, ...light }, drawn: 640, prepare: openPhoto },
  { name: "forced-colours", options: { ...desk, forcedColors: "active" }, drawn: 1080, prepare: openPhoto },
];

await mkdir(folder, { recursive: true });
const wanted = process.argv.slice(2);
const server = await serveFolders({ "/": "apps/web/dist" }, { isolated: true });
const browser = await openChromium("--disable-gpu");
for (const { name, options, drawn, prepare, fullPage = false } of shots) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const context = await browser.newContext({ ...options, reducedMotion: "reduce", serviceWorkers: "block" });
  // However busy the machine is.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  await page.goto(server.url);
  await prepare(page, server);
  const file = join(folder, `${name}.webp`);
  await sharp(await page.screenshot({ fullPage }))
    .resize(drawn)
    .webp({ quality: 72 })
    .toFile(file);
  console.log(file);
  await context.close();
}
await browser.close();
await server.close();
