import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openChromium } from "./chromium.ts";

/** Chromium for the tests of a `describe`: opened before the first and closed after the last. */
export function testBrowser(...flags: string[]): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await openChromium(...flags);
  });
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error("The browser is opened by the time the first test runs.");
    return browser;
  };
}
