import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { openChromium } from "../../test/support/chromium.ts";
import { serveFolders } from "../../test/support/static-server.ts";

/** How readers look at the site. */
const views = [
  { name: "desk", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "desk", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "phone", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;

/** What to open and to look for. */
export interface Visit {
  /** Addresses of pages, from the site's root. */
  readonly places: readonly string[];
  /** Words, each with the beginning of the address of a page that the search has to find first or among the first. */
  readonly searches: Readonly<Record<string, string>>;
  /** A photo that the live example has to enhance. */
  readonly photo?: string;
  /** Where screenshots go. */
  readonly pictures: string;
}

/**
 * Opens pages of a built site in Chromium, on a desk and on a phone, light and dark, and gives what is wrong: errors on the
 * console, requests to other hosts, pages wider than the screen, barriers that axe knows of, words that the search does not
 * find, a live example that does not enhance the photo.
 *
 * @param folder the site, built for the root of a host.
 */
export async function tryPages(folder: string, visit: Visit): Promise<string[]> {
  mkdirSync(visit.pictures, { recursive: true });
  const server = await serveFolders({ "/": folder }, { isolated: true });
  const browser = await openChromium("--disable-gpu");
  const faults = new Set<string>();
  try {
    for (const { name, ...options } of views) {
      const page = await openPage(browser, options, server.url, faults);
      for (const place of visit.places) {
        await page.goto(new URL(place, server.url).href, { waitUntil: "networkidle" });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) faults.add(`${place}: it is ${over} px wider than a ${name}.`);
        for (const barrier of await findBarriers(page)) faults.add(`${place}, ${options.colorScheme}: ${barrier}`);
        const file = `${place.replace(/\W+/g, "-") || "index"}-${name}-${options.colorScheme}.png`;
        await page.screenshot({ path: join(visit.pictures, file) });
      }
      await page.context().close();
    }
    const page = await openPage(browser, views[0], server.url, faults);
    await page.goto(server.url, { waitUntil: "networkidle" });
    for (const [words, wanted] of Object.entries(visit.searches)) {
      const found = await search(page, words);
      if (!found.some((address) => address.startsWith(wanted))) {
        faults.add(`The search for "${words}" finds ${found.join(", ") || "nothing"}: expected ${wanted}.`);
      }
      await page.screenshot({ path: join(visit.pictures, "search.png") });
      await page.keyboard.press("Escape");
    }
    if (visit.photo !== undefined) {
      await page.goto(new URL("try/index.html", server.url).href);
      await page.locator("[type=file]").first().setInputFiles(visit.photo);
      await page.locator("button:enabled", { hasText: "Save photo" }).waitFor();
      await page.screenshot({ path: join(visit.pictures, "try.png") });
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return [...faults];
}

async function openPage(
  browser: Browser,
  options: { readonly viewport: { width: number; height: number }; readonly colorScheme: "light" | "dark" },
  home: string,
  faults: Set<string>,
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on("console", (message) => {
    if (message.type() === "error") faults.add(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.add(`${page.url()}: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !/^(data|blob):/.test(request.url())) {
      faults.add(`${page.url()}: it asks ${request.url()}`);
    }
  });
  return page;
}

/** Addresses of the first results, without the first slash. */
async function search(page: Page, words: string): Promise<string[]> {
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.locator("input[type=search]").fill(words);
  const results = page.locator(".VPLocalSearchBox a.result");
  await results.or(page.locator(".VPLocalSearchBox .no-results")).first().waitFor();
  const links = await results.evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  return links.slice(0, 8).map((link) => link.replace(/^\//, ""));
}

async function findBarriers(page: Page): Promise<string[]> {
  // Colours that are still fading in are no colours of the page.
  await page.addStyleTag({ content: "* { transition: none !important }" });
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(
    (): Promise<AxeResults> =>
      (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run({
        rules: {
          // VitePress's own: its search button shows more than its name, its groups of links are buttons in buttons.
          "label-content-name-mismatch": { enabled: false },
          "nested-interactive": { enabled: false },
        },
      }),
  );
  return violations.map(
    ({ help, nodes }) =>
      `${help} (${nodes.length}, such as ${nodes[0]?.html.slice(0, 160)}: ${nodes[0]?.any[0]?.message ?? ""})`,
  );
}
