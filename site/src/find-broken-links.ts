import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Links and pictures of a built site that lead nowhere, each as its page and its address. The live example is left out. */
export function findBrokenLinks(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".html") && !name.startsWith("try/"));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(folder, page), "utf8")]));
  return pages.flatMap((page) => {
    const links = new Set(
      [...(texts.get(page) ?? "").matchAll(/<(?:a\b[^>]*? href|img\b[^>]*? src)="([^"]+)"/g)].map(
        ([, address]) => address ?? "",
      ),
    );
    return [...links].filter((link) => !leadsSomewhere(link, page, folder, texts)).map((link) => `${page}: ${link}`);
  });
}

function leadsSomewhere(link: string, page: string, folder: string, texts: ReadonlyMap<string, string>): boolean {
  const base = process.env["SITE_BASE"] ?? "/";
  const url = new URL(link.replaceAll("&amp;", "&"), `http://site${base}${page}`);
  if (url.host !== "site") return true;
  if (!url.pathname.startsWith(base)) return false;
  const path = decodeURIComponent(url.pathname).slice(base.length);
  const file = [path, `${path}index.html`, `${path}.html`].find((candidate) =>
    statSync(join(folder, candidate), { throwIfNoEntry: false })?.isFile(),
  );
  if (file === undefined) return false;
  const text = texts.get(file);
  const anchor = decodeURIComponent(url.hash.slice(1));
  return anchor === "" || text === undefined || text.includes(`id="${anchor}"`);
}
