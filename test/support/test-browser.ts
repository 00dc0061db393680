import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openChromium } from "./chromium.ts";

/** A browser with the same flags serves one file of tests after the other: starting one takes a second or two. */
interface SharedBrowser {
  readonly opened: Promise<Browser>;
  users: number;
  closing?: NodeJS.Timeout;
}

const shared = new Map<string, SharedBrowser>();

/** How long a browser waits for the next file (ms). */
const patienceMs = 3000;

/** Chromium for the tests of a `describe`: opened before the first, and closed when no other file wants it. */
export function testBrowser(...flags: string[]): () => Browser {
  const key = flags.join(" ");
  let browser: Browser | undefined;
  beforeAll(async () => {
    const mine = shared.get(key) ?? { opened: openChromium(...flags), users: 0 };
    shared.set(key, mine);
    clearTimeout(mine.closing);
    mine.users++;
    browser = await mine.opened;
  });
  afterAll(() => {
    const mine = shared.get(key);
    if (!mine || --mine.users > 0) return;
    mine.closing = setTimeout(() => {
      shared.delete(key);
      void mine.opened.then((opened) => opened.close());
    }, patienceMs);
  });
  return () => {
    if (!browser) throw new Error("The browser is opened by the time the first test runs.");
    return browser;
  };
}
