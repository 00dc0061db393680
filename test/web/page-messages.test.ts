// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sharp, { type Sharp } from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { runtimeBytes } from "../../packages/browser/src/runtime/session.ts";
import { hasChromium } from "../support/chromium.ts";
import {
  builtPage,
  dropExample,
  dropFile,
  pictureNamed,
  smallExample,
  testWebPage,
  withNetworks,
} from "../support/web-page.ts";

describe.skipIf(!hasChromium)("what the page says", () => {
  const { openWebPage, openOwnWebPage } = testWebPage();
  const scratch = mkdtempSync(join(tmpdir(), "kindling-test-"));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test("a GIF and a BMP are read and saved as PNG", async () => {
    const page = await openWebPage();
    const small = sharp("examples/photos/still-life.jpg").resize(60, 40);
    const files = { "old.gif": await small.clone().gif().toBuffer(), "old.bmp": await bitmapOf(small) };
    for (const [name, file] of Object.entries(files)) {
      await dropFile(page, name, file);
      await page.getByRole("region", { name }).waitFor();
      await pictureNamed(page, "after");
      expect(await page.locator("#format option").first().textContent()).toBe("As it came (PNG)");
    }
  });

  test("a folder that is dropped is walked, and an empty one said to be so", async () => {
    const page = await openWebPage();
    const [full, empty] = [join(scratch, "full"), join(scratch, "empty")];
    for (const folder of [join(full, "inside"), empty]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(full, "room.png"), await smallExample("moonlit-room.png"));
    writeFileSync(join(full, "inside", "still.jpg"), await smallExample("still-life.jpg"));
    const session = await page.context().newCDPSession(page);
    const drop = async (folder: string) => {
      const data = { items: [], files: [folder], dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const) {
        await session.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
      }
    };
    await drop(empty);
    await page.getByText("There is no photo in that folder.").waitFor();
    await drop(full);
    await expect.poll(() => page.locator(".strip li").count()).toBe(2);
    await page.getByRole("button", { name: "Show still.jpg" }).waitFor();
    await pictureNamed(page, "after");
  });

  test("a link dragged from another page is called one", async () => {
    const page = await openWebPage();
    const dataTransfer = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.setData("text/uri-list", "https://example.org/photo.jpg");
      return data;
    });
    await page.dispatchEvent("body", "drop", { dataTransfer });
    await page.getByText("That is a link, not a photo.").waitFor();
  });

  test("sizes are told whole, with the runtime, and so are the terms of the weights", async () => {
    const size = (files: readonly string[]) =>
      files.reduce((sum, file) => sum + readFileSync(join("node_modules/onnxruntime-web/dist", file)).length, 0);
    expect(runtimeBytes.cpu / size(["ort-wasm-simd-threaded.wasm", "ort.wasm.bundle.min.mjs"])).toBeCloseTo(1, 2);
    const gpu = ["ort-wasm-simd-threaded.asyncify.wasm", "ort.webgpu.bundle.min.mjs"];
    expect(runtimeBytes.webgpu / size(gpu)).toBeCloseTo(1, 2);
    const { page, server } = await openOwnWebPage({ folders: withNetworks });
    server.hold(/\.onnx$/);
    await dropExample(page, "moonlit-room.png");
    await page.getByText(/Fetched once: \d\.\d MB\./).waitFor();
    await page.locator("#method").selectOption("kind.free");
    await page.getByText(/Fetched once: \d+ MB, and 14 MB that all such networks share\./).waitFor();
    await page.getByText("Terms of its weights").click();
    await page.locator("details[open] p").waitFor();
  });

  test("a sample that cannot be fetched says so, and samples have names that change with them", async () => {
    const { page, context } = await openOwnWebPage({ expected: /ERR_|Failed to fetch|no-response/ });
    const asked = page.waitForRequest(/street-after-rain/);
    const sample = page.getByRole("button", { name: "Street after rain" });
    await sample.click();
    expect(new URL((await asked).url()).pathname).toMatch(/\/assets\/street-after-rain-[\w-]{8}\.jpg$/);
    await pictureNamed(page, "after");
    await page.getByRole("button", { name: "Close street-after-rain.jpg" }).press("Enter");
    await context.setOffline(true);
    await page.getByRole("button", { name: "Lantern lane" }).click();
    await page.getByText("The sample could not be fetched.").waitFor();
  });

  test("a new version is offered while the page is open, and clears what the old one kept", async () => {
    const folder = join(scratch, "page");
    cpSync(builtPage, folder, { recursive: true });
    const { page } = await openOwnWebPage({ folders: { "/": folder, "/models/": "test/web/no-models/" } });
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      const later = await caches.open("kindling-later");
      await later.put(new URL("assets/ort-of-old.wasm", location.href), new Response("old"));
    });
    appendFileSync(join(folder, "service-worker.js"), "\n// The next version.\n");
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.getByText("A new version of this page is ready.").waitFor();
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Load it" }).click()]);
    await expect
      .poll(() => page.evaluate(async () => (await (await caches.open("kindling-later")).keys()).length))
      .toBe(0);
  });

  test("a page opened as a file says what to do, and so does one without JavaScript", async () => {
    const { page, context } = await openOwnWebPage({ expected: /.*/ });
    const file = await context.newPage();
    await file.goto(`file://${resolve(builtPage, "index.html")}`);
    await file.getByText("serve its folder instead").waitFor();
    const plain = await context.browser()?.newContext({ javaScriptEnabled: false });
    const silent = await plain?.newPage();
    await silent?.goto(page.url());
    await silent?.getByText("It takes JavaScript").waitFor();
    await plain?.close();
  });
});

/** A Windows bitmap of 24 bits, rows from the bottom. */
async function bitmapOf(picture: Sharp): Promise<Buffer> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const rowBytes = Math.ceil((3 * width) / 4) * 4;
  const file = Buffer.alloc(54 + rowBytes * height);
  file.write("BM");
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 3 * ((height - 1 - y) * width + x);
      for (let c = 0; c < 3; c++) file[54 + y * rowBytes + 3 * x + c] = data[from + 2 - c] ?? 0;
    }
  }
  return file;
}
