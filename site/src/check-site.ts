import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { hasChromium, openChromium } from "../../test/support/chromium.ts";
import { serveFolders } from "../../test/support/static-server.ts";
import { root } from "./places.ts";

/** Pages of each kind, which are opened. */
const opened = ["", "docs/guides/photos.html", "docs/METHODS.html", "commands/enhance.html", "api/index.html"];

/**
 * Tries a built site: every link of it leads to a page and a heading that are there; in Chromium the search finds a page,
 * and no page reports an error or asks another host. Screenshots go to `out/site`.
 *
 * @throws {Error} that lists what is wrong.
 */
export async function checkSite(folder: string): Promise<void> {
  const faults = findBrokenLinks(folder);
  if (hasChromium) faults.push(...(await openPages(folder)));
  if (faults.length > 0) throw new Error(`The site has ${faults.length} faults:\n${faults.join("\n")}`);
  console.log(`The site is in ${folder}: its links work${hasChromium ? ", and so do its pages in Chromium" : ""}.`);
}

/** Links within the site that lead nowhere. */
function findBrokenLinks(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".html") && !name.startsWith("try/"),
  );
  const texts = new Map(pages.map((page) => [page, readFileSync(join(folder, page), "utf8")]));
  return pages.flatMap((page) => {
    const links = new Set(
      [...(texts.get(page) ?? "").matchAll(/<a\b[^>]*? href="([^"]+)"/g)].map(([, href]) => href ?? ""),
    );
    return [...links].filter((link) => !leadsSomewhere(link, page, folder, texts)).map((link) => `${page}: ${link}`);
  });
}

function leadsSomewhere(link: string, page: string, folder: string, texts: ReadonlyMap<string, string>): boolean {
  const url = new URL(link.replaceAll("&amp;", "&"), `http://site/${page}`);
  if (url.host !== "site") return true;
  const path = decodeURIComponent(url.pathname).slice(1);
  const file = [path, `${path}index.html`, `${path}.html`].find((candidate) =>
    statSync(join(folder, candidate), { throwIfNoEntry: false })?.isFile(),
  );
  if (file === undefined) return false;
  const text = texts.get(file);
  const anchor = decodeURIComponent(url.hash.slice(1));
  return anchor === "" || text === undefined || text.includes(`id="${anchor}"`);
}

async function openPages(folder: string): Promise<string[]> {
  const faults: string[] = [];
  const pictures = join(root, "out/site");
  mkdirSync(pictures, { recursive: true });
  const server = await serveFolders({ "/": folder }, { isolated: true });
  const browser = await openChromium("--disable-gpu");
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(120_000);
    page.on("console", (message) => {
      if (message.type() === "error") faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) {
        faults.push(`${page.url()}: it asks ${request.url()}`);
      }
    });
    for (const place of opened) {
      await page.goto(new URL(place, server.url).href, { waitUntil: "networkidle" });
      await page.screenshot({ path: join(pictures, `${place.replace(/\W+/g, "-") || "index"}.png`) });
    }
    await page.goto(server.url);
    await page.getByRole("button", { name: "Search" }).first().click();
    await page.locator("input[type=search]").fill("permission");
    await page.locator(".VPLocalSearchBox .result").first().waitFor();
    await page.screenshot({ path: join(pictures, "search.png") });
    await page.goto(new URL("try/index.html", server.url).href);
    await page.locator("[type=file]").first().waitFor({ state: "attached" });
    await page.screenshot({ path: join(pictures, "try.png") });
  } finally {
    await browser.close();
    await server.close();
  }
  return faults;
}
