/**
 * What a first visit to the built page costs: bytes, and processor time of the whole browser until the first picture is
 * lit, with a photo of one megapixel. Exits with 1 where one is over its budget.
 *
 * Run: npm run build && npx tsx bench/page-start.ts [folder of the page]. Each visit is in a new browser, from which the
 * cost of an empty one is taken away; printed is the least of three visits, which other work on the machine disturbs least.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { CDPSession } from "playwright-core";
import sharp from "sharp";
import { openChromium } from "../test/support/chromium.ts";
import { serveFolders } from "../test/support/static-server.ts";

/** Most that a visit may cost: kB compressed by gzip, s of processor time. */
const budgets = {
  "the page, until it can be used": { kilobytes: 200, seconds: 4.5 },
  "a photo lit by LIME": { kilobytes: 80, seconds: 4 },
  "a photo lit by Ember": { kilobytes: 2500, seconds: 8 },
} as const;

const visits = 3;
const [folder = "apps/web/dist"] = process.argv.slice(2);
if (!existsSync(join(folder, "index.html"))) throw new Error(`${folder} is not built: run npm run build first.`);
const buffer = await sharp("examples/photos/street-after-rain.jpg").resize(1224, 816).jpeg().toBuffer();

interface Cost {
  readonly bytes: number;
  readonly seconds: number;
}

const all: Cost[][] = [];
for (let visit = 0; visit < visits; visit++) {
  const [start, lime] = await costsOf("test/web/no-models/");
  const [, ember] = await costsOf(join(folder, "models"));
  all.push([start, lime, ember]);
}

let isOver = false;
for (const [i, [name, budget]] of Object.entries(budgets).entries()) {
  const costs = all.map((visit) => visit[i]);
  const kilobytes = Math.min(...costs.map(({ bytes }) => bytes)) / 1000;
  const seconds = Math.min(...costs.map((cost) => cost.seconds));
  const over = kilobytes > budget.kilobytes || seconds > budget.seconds;
  isOver ||= over;
  console.log(
    `${name}: ${kilobytes.toFixed(0)} kB of ${budget.kilobytes}, ${seconds.toFixed(2)} s of ${budget.seconds}${over ? ": OVER" : ""}`,
  );
}
process.exitCode = isOver ? 1 : 0;

/** The costs of loading the page, and of its first photo after that. */
async function costsOf(models: string): Promise<[Cost, Cost]> {
  const folders = { "/": folder, "/models/": models };
  const server = await serveFolders(folders, { isolated: true });
  const browser = await openChromium("--disable-gpu");
  // What the service worker fetches for later visits is no part of the first.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  page.setDefaultTimeout(180_000);
  const session = await browser.newBrowserCDPSession();
  let bytes = 0;
  page.context().on("requestfinished", (request) => {
    const path = new URL(request.url()).pathname;
    if (!request.url().startsWith(server.url)) return;
    const prefix = path.startsWith("/models/") ? "/models/" : "/";
    const file = join(folders[prefix], path.slice(prefix.length) || "index.html");
    // As hosts send them; what is compressed already does not get smaller.
    if (existsSync(file)) bytes += gzipSync(readFileSync(file)).length;
  });
  try {
    let before = await secondsOf(session);
    await page.goto(server.url);
    await page.getByRole("button", { name: "Choose photos" }).waitFor();
    // The picture that moves by itself is part of it.
    await page.waitForSelector(".before-after[data-moving=false]");
    const start = { bytes, seconds: (await secondsOf(session)) - before };
    [bytes, before] = [0, await secondsOf(session)];
    await page
      .locator("[data-picker=files]")
      .first()
      .setInputFiles({ name: "night.jpg", mimeType: "image/jpeg", buffer });
    await page.waitForSelector("canvas[data-name=after]");
    return [start, { bytes, seconds: (await secondsOf(session)) - before }];
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Processor time of all processes of a browser so far (s). */
async function secondsOf(session: CDPSession): Promise<number> {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
