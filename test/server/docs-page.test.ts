import { describe, expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";
import { testBrowser } from "../support/test-browser.ts";
import { startTestServer } from "../support/test-server.ts";

describe.skipIf(!hasChromium)("the page that explores the API", () => {
  const browser = testBrowser();

  test("shows the operations without anything from elsewhere, and breaks no rule of its own", async () => {
    const server = await startTestServer();
    const page = await browser().newPage();
    const foreign: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(server.url)) foreign.push(request.url());
    });
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${server.url}/docs`);
    await page.getByText("Enhance a photo").first().waitFor();
    await page.getByText("/v1/maps").first().waitFor();
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
