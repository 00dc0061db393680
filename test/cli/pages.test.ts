// The functions handed to the page run in the browser.
/// <reference lib="dom" />
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { writePairs } from "../support/pair-data.ts";
import { runKindlingHere, scratchFolder } from "../support/run-kindling.ts";

const executablePath = "/usr/bin/chromium";
const hasChromium = existsSync(executablePath);

if (!hasChromium) console.warn(`Skipping the tests of pages in a browser: there is no ${executablePath}.`);

describe.skipIf(!hasChromium)("pages in a browser", () => {
  let browser: Browser;
  let data: string;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), "kindling-test-"));
    await writePairs(data, ["a", "b", "<c>"]);
    const methods = ["he", "gamma", "gamma:target=0.2", join(data, "normal")];
    const made = await runKindlingHere(["evaluate", ...methods, "--pairs", data, "--html", join(data, "report.html")]);
    expect(made).toMatchObject({ status: 0, stderr: "" });
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(data, { recursive: true, force: true });
  });

  /** Opens a page; when the test ends, nothing may have been said in the console or asked of the network. */
  async function opened(file: string): Promise<Page> {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
    });
    onTestFinished(async () => {
      await page.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const report = () => opened(join(data, "report.html"));

  const firstColumn = (page: Page) =>
    page
      .locator("table")
      .first()
      .locator("tbody tr")
      .evaluateAll((rows) => rows.map((row) => row.textContent));

  test("the report's table is sorted by a press on a heading, best first, and the other way round by the next", async () => {
    const page = await report();
    const table = page.locator("table").first();
    const heading = table.locator("th", { hasText: "SSIM" }).first();
    const column = await heading.evaluate((cell) => (cell as HTMLTableCellElement).cellIndex);
    const values = () =>
      table.locator("tbody tr").evaluateAll((rows, index) => {
        return rows.map((row) => Number((row as HTMLTableRowElement).cells[index].getAttribute("data-value")));
      }, column);
    const before = await values();
    await heading.getByRole("button").click();
    expect(await heading.getAttribute("aria-sort")).toBe("descending");
    expect(await values()).toEqual(before.toSorted((a, b) => b - a));
    await heading.getByRole("button").press("Enter");
    expect(await heading.getAttribute("aria-sort")).toBe("ascending");
    expect(await values()).toEqual(before.toSorted((a, b) => a - b));
  });

  test("what was not measured is sorted last both ways", async () => {
    const page = await report();
    const speed = page
      .locator("table")
      .first()
      .getByRole("button", { name: /s\/image/ });
    for (const _ of ["fastest first", "slowest first"]) {
      await speed.click();
      expect((await firstColumn(page)).at(-1)).toContain("normal");
    }
  });

  test("the plots follow the chosen metric, and a dot shows its photo", async () => {
    const page = await report();
    await page.getByLabel("Metric").selectOption("ssim");
    const plots = page.locator(".plots:visible");
    expect(await plots.count()).toBe(1);
    expect(await plots.getAttribute("data-metric")).toBe("ssim");
    await plots.locator('circle[data-photo="<c>"]').first().dispatchEvent("click");
    await page.waitForFunction(() => document.querySelector<HTMLSelectElement>("#photo")?.value === "<c>");
  });

  test("the magnifier shows the same place of every picture, larger, and goes away with the pointer", async () => {
    const page = await report();
    await page.locator("#difference canvas").first().waitFor();
    const frame = page.locator(".frame").first();
    await frame.scrollIntoViewIfNeeded();
    const box = await frame.boundingBox();
    if (!box) throw new Error("the first picture has no place");
    await page.mouse.move(box.x + 0.25 * box.width, box.y + 0.5 * box.height);
    const lenses = page.locator(".lens:visible");
    expect(await lenses.count()).toBe(3);
    const painted = await lenses.evaluateAll((all) =>
      all.map((lens) => {
        const { width, height } = lens as HTMLCanvasElement;
        const pixels = (lens as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data;
        return new Set(pixels).size;
      }),
    );
    for (const colours of painted) expect(colours).toBeGreaterThan(3);
    const places = await lenses.evaluateAll((all) =>
      all.map((lens) => Math.round(Number.parseFloat((lens as HTMLElement).style.left))),
    );
    // Columns of the grid differ by a fraction of a pixel.
    expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(1);
    await page.mouse.move(0, 0);
    expect(await lenses.count()).toBe(0);
  });

  test("the magnifier follows the arrow keys", async () => {
    const page = await report();
    await page.locator("#difference canvas").first().waitFor();
    const frame = page.locator(".frame").first();
    await frame.press("ArrowRight");
    const lens = frame.locator(".lens");
    const before = await lens.evaluate((element) => Number.parseFloat((element as HTMLElement).style.left));
    await frame.press("ArrowRight");
    expect(await lens.evaluate((element) => Number.parseFloat((element as HTMLElement).style.left))).toBeGreaterThan(
      before,
    );
    await frame.press("Escape");
    expect(await lens.isVisible()).toBe(false);
  });

  test("the difference of a picture and itself is black, and its gain brightens it elsewhere", async () => {
    const page = await report();
    const brightness = () =>
      page.locator("#difference canvas:not(.lens)").evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
        return Array.from(pixels).reduce((sum, value, i) => sum + (i % 4 === 3 ? 0 : value), 0) / (width * height);
      });
    await page.getByLabel("Left").selectOption("gamma");
    await page.locator("#difference").waitFor();
    const before = await brightness();
    await page.getByLabel("Difference gain").fill("16");
    await expect.poll(brightness).toBeGreaterThan(before);
    await page.getByLabel("Left").selectOption("reference");
    await expect.poll(brightness).toBeLessThan(10);
  });

  test("the theme can be switched", async () => {
    const page = await report();
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const before = await ground();
    await page.getByRole("button", { name: "Light / dark" }).click();
    expect(await ground()).not.toBe(before);
  });

  test("the comparison page slides one picture over the other and shows all at once", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    const file = join(data, "compare.html");
    const photos = ["low", "normal"].map((part) => join(data, part, "a.png"));
    const { status, stdout } = await runKindlingHere(["compare", ...photos, "-o", file]);
    expect(stdout).toContain("2 photos side by side");
    expect(status).toBe(0);
    const page = await opened(file);
    await page.locator("#slider").fill("80");
    const cut = await page.locator(".over").evaluate((image) => getComputedStyle(image).clipPath);
    expect(cut).toMatch(/20%/);
    await page.getByText("All", { exact: true }).click();
    await expect.poll(() => page.locator("figcaption strong").allTextContents()).toEqual(["low/a.png", "normal/a.png"]);
  });

  test("a photo that cannot be read is told, the others are compared; one alone is no comparison", async () => {
    const data = scratchFolder();
    await writePairs(data, ["a"]);
    const photos = ["low", "normal", "none"].map((part) => join(data, part, "a.png"));
    const file = join(data, "compare.html");
    const { status, stderr } = await runKindlingHere(["compare", ...photos, "-o", file]);
    expect(stderr).toMatch(/failed: .*none\/a\.png: there is no such file/);
    expect(status).toBe(1);
    expect(existsSync(file)).toBe(true);
    expect((await runKindlingHere(["compare", photos[0]])).status).toBe(2);
    expect((await runKindlingHere(["compare", ...photos, "-o", photos[1]])).stderr).toMatch(
      /would replace one of the photos/,
    );
  });
});
