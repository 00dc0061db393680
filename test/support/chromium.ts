import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Whether the system has the Chromium that pages are tested in. */
export const hasChromium = existsSync(executablePath);

if (!hasChromium) console.warn(`Skipping the tests of pages in a browser: there is no ${executablePath}.`);

/** The system's Chromium, asking nothing of the network by itself. */
export function openChromium(...flags: string[]): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", ...flags];
  return chromium.launch({ executablePath, args });
}
