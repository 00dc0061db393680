// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions, JSHandle, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, expect, onTestFinished } from "vitest";
import { type ShownPixels, shownPixels } from "./browser-pixels.ts";
import { type StaticServer, serveFolders } from "./static-server.ts";
import { testBrowser } from "./test-browser.ts";

/** The page as `npm run build` leaves it. */
export const builtPage = "apps/web/dist";

/** The page with the networks that are shipped with it. */
export const withNetworks = { "/": builtPage };

if (!existsSync(join(builtPage, "index.html"))) {
  throw new Error(`${builtPage} is not built: run npm run build before these tests.`);
}

/** The page with classical methods alone, which take no time to speak of. */
const withoutNetworks: Readonly<Record<string, string>> = { "/": builtPage, "/models/": "test/web/no-models/" };

/** A page under test, and what it stands on. */
interface OpenWebPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: StaticServer;
}

/** How a page is served and looked at. */
interface WebPageOptions extends BrowserContextOptions {
  readonly folders?: Readonly<Record<string, string>>;
  readonly isolated?: boolean;
  /** Complaints of the page that belong to the test, such as those of a broken connection. */
  readonly expected?: RegExp;
}

/** How a page looks, which a page of any profile can be told. */
interface Looks extends Pick<BrowserContextOptions, "colorScheme" | "reducedMotion" | "forcedColors" | "bypassCSP"> {
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A profile and a server that pages of several tests are opened in. */
interface Ground {
  readonly context: BrowserContext;
  readonly server: StaticServer;
}

/** Ways to open the page. */
interface WebPageOpeners {
  /** In the profile that the describe's tests share: it keeps the files of the page, and nothing of what people did. */
  readonly openWebPage: (looks?: Looks) => Promise<Page>;
  /** In a profile and from a server of its own: for tests of either, and of what is fetched and kept. */
  readonly openOwnWebPage: (options?: WebPageOptions) => Promise<OpenWebPage>;
}

/**
 * Lets the tests of a `describe` open the page, still unless motion is asked for; when a test ends, its page must have
 * had nothing to complain about.
 *
 * @param sharedFolders what the shared profile's server serves; default the page with classical methods.
 */
export function testWebPage(sharedFolders = withoutNetworks): WebPageOpeners {
  const browser = testBrowser("--disable-gpu");
  let shared: Promise<Ground> | undefined;
  afterAll(async () => {
    if (shared) await leave(await shared);
  });

  async function openGround({
    folders = withoutNetworks,
    isolated = true,
    ...options
  }: WebPageOptions): Promise<Ground> {
    const server = await serveFolders(folders, { isolated });
    const context = await browser().newContext({ viewport: usualSize, reducedMotion: "reduce", ...options });
    // The test's own limit counts: a busy machine may need longer than Playwright's half a minute.
    context.setDefaultTimeout(0);
    return { context, server };
  }

  return {
    async openWebPage({ viewport = usualSize, reducedMotion = "reduce", bypassCSP = false, ...looks } = {}) {
      shared ??= openGround({ folders: sharedFolders });
      const { context, server } = await shared;
      const page = await context.newPage();
      const finish = watch(page, server, usualComplaints);
      onTestFinished(async () => {
        await page.close();
        finish();
      });
      const session = await context.newCDPSession(page);
      const [origin, storageTypes] = [new URL(server.url).origin, "local_storage,indexeddb,file_systems"];
      await session.send("Storage.clearDataForOrigin", { origin, storageTypes });
      await session.send("Page.setBypassCSP", { enabled: bypassCSP });
      await page.setViewportSize(viewport);
      await page.emulateMedia({ reducedMotion, ...looks });
      await page.goto(server.url);
      return page;
    },
    async openOwnWebPage({ expected = usualComplaints, ...options } = {}) {
      const ground = await openGround(options);
      const page = await ground.context.newPage();
      const finish = watch(page, ground.server, expected);
      onTestFinished(async () => {
        await leave(ground);
        finish();
      });
      await page.goto(ground.server.url);
      return { page, ...ground };
    },
  };
}

const usualSize = { width: 1200, height: 800 };
const usualComplaints = /ERR_INTERNET_DISCONNECTED/;

async function leave({ context, server }: Ground): Promise<void> {
  await context.close();
  await server.close();
}

/** Gathers what a page complains of; the function that it gives fails where that was not expected. */
function watch(page: Page, server: StaticServer, expected: RegExp): () => void {
  const complaints = complaintsOf(page, server.url);
  return () => expect(complaints.filter((text) => !expected.test(text))).toEqual([]);
}

/** What a page warns of, and what it asks of others than its own server. */
function complaintsOf(page: Page, url: string): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url())) complaints.push(request.url());
  });
  return complaints;
}

/** Drops a file onto the page as a person does with the mouse. */
export function dropFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  return dropFiles(page, { [name]: bytes });
}

/** Drops files, by name, onto the page at once. */
export async function dropFiles(page: Page, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const sent = Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")] as const);
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const [name, base64] of all) {
      data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    }
    return data;
  }, sent);
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}

/** Drops one of the example photos, small: of its size only the tests of sizes are about. */
export async function dropExample(page: Page, name: string): Promise<void> {
  return dropFile(page, name, await smallExample(name));
}

const smallExamples = new Map<string, Promise<Buffer>>();

/** An example photo 160 pixels wide, its depth and metadata as they are: browsers light it in a tenth of the time. */
export function smallExample(name: string): Promise<Buffer> {
  const made = smallExamples.get(name) ?? reduceExample(join("examples/photos", name));
  smallExamples.set(name, made);
  return made;
}

async function reduceExample(path: string): Promise<Buffer> {
  const photo = sharp(path);
  const { depth } = await photo.metadata();
  const small = photo.resize({ width: 160 }).keepMetadata();
  return (depth === "ushort" ? small.toColourspace("rgb16") : small).toBuffer();
}

/** The canvas that shows the photo as it was, as it is lit, or a part of it, once it is there. */
export async function pictureNamed(
  page: Page,
  name: "before" | "after" | "reflectance" | "illumination",
): Promise<JSHandle<HTMLCanvasElement>> {
  const canvas = await page.waitForSelector(`canvas[data-name="${name}"]`);
  return canvas as unknown as JSHandle<HTMLCanvasElement>;
}

/** Does something that changes the lit picture, and gives what it shows then. */
export async function litAfter(page: Page, change: () => Promise<unknown>): Promise<ShownPixels> {
  const canvas = await pictureNamed(page, "after");
  const before = Buffer.from((await shownPixels(page, canvas)).rgba);
  await change();
  for (;;) {
    const now = await shownPixels(page, canvas);
    if (!before.equals(now.rgba)) return now;
    await page.waitForTimeout(50);
  }
}

/** Presses a button that downloads a file, and reads it. */
export async function downloadOf(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByText(button, { exact: true }).click(),
  ]);
  return readFileSync(await download.path());
}

/** Runs a script in the page's worker before its own, as if the browser were another; the service worker must be off. */
export async function patchWorker(page: Page, script: string): Promise<void> {
  await page.route(/assets\/worker-[^/]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}
