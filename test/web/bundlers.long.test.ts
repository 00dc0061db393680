// Two bundlers of others and Chromium: what they make of the package changes when they or its entries do, seldom alone.
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { build } from "vite";
import { afterAll, describe, expect, test } from "vitest";
import webpack from "webpack";
import { hasChromium } from "../support/chromium.ts";
import { serveFolders } from "../support/static-server.ts";
import { testBrowser } from "../support/test-browser.ts";

const example = resolve("packages/browser/example");

// What a person's own project would say, and no more; minifying would take longer than all the rest.
const bundlers = {
  async Vite(outDir: string) {
    const options = { outDir, minify: false } as const;
    await build({ configFile: false, root: example, logLevel: "error", worker: { format: "es" }, build: options });
  },
  async webpack(path: string) {
    const options = { context: example, entry: "./main.js", output: { path, filename: "main.js" } };
    const errors = await new Promise((settle, fail) => {
      webpack({ ...options, mode: "production", optimization: { minimize: false } }, (error, stats) => {
        if (error) fail(error);
        else settle(stats?.toJson({ all: false, errors: true }).errors);
      });
    });
    expect(errors).toEqual([]);
    copyFileSync(join(example, "index.html"), join(path, "index.html"));
  },
};

describe.skipIf(!hasChromium)("the example of @kindling/browser", () => {
  const scratch = mkdtempSync(join(tmpdir(), "kindling-test-"));
  const browser = testBrowser("--disable-gpu");
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test.each(Object.entries(bundlers))(
    "works when it is bundled by %s",
    async (name, bundle) => {
      const folder = join(scratch, name);
      await bundle(folder);
      const server = await serveFolders({ "/": folder }, { isolated: true });
      const page = await browser().newPage();
      try {
        await page.goto(server.url);
        await page.locator("[type=file]").setInputFiles("examples/photos/moonlit-room.png");
        await page.getByText("Light: auto").waitFor();
        await page.getByLabel("Light").fill("3");
        await page.getByText("Light: 8.0x (+3.0 EV)").waitFor();
        const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Save").click()]);
        expect(download.suggestedFilename()).toBe("enhanced.jpg");
        expect(await sharp(await download.path()).metadata()).toMatchObject({
          format: "jpeg",
          width: 480,
          height: 320,
        });
      } finally {
        await page.close();
        await server.close();
      }
    },
    120_000,
  );
});
