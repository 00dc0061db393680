import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, sourceFolder } from "./places.ts";
import { placeOfPage, rewriteLinks } from "./rewrite-links.ts";

/** What readers of the site need; every other file of these folders is looked at where the source is. */
const folders = ["docs", "packages", "apps", "models", "examples", "bench"];
const skipped = /^(node_modules|dist|standalone|public|src|run|runs|\..*)$/;
const picture = /\.(png|jpe?g|webp|avif|svg|gif)$/i;

/** Stands above the first picture of the site, where the page runs. */
const invitation =
  '**[Try it here](/try/index.html){target="_self"}** with a photo of yours: it stays in your browser.';

/** Copies every Markdown page of the repository with its pictures, and gives the paths of the pages. */
export function collectPages(): ReadonlySet<string> {
  const { repository } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    repository: { url: string };
  };
  const sources = `${repository.url.replace(/^git\+|\.git$/g, "")}/blob/main/`;
  const files = [
    ...readdirSync(root).filter((name) => name.endsWith(".md")),
    ...folders.flatMap((folder) => filesBelow(folder)),
  ];
  const pages = new Set(files.filter((file) => file.endsWith(".md")));
  for (const page of pages) {
    const text = readFileSync(join(root, page), "utf8");
    const placed = rewriteLinks(text, page, { pages, sources });
    write(placeOfPage(page), page === "README.md" ? placed.replace(/^!\[/m, `${invitation}\n\n$&`) : placed);
  }
  for (const file of files.filter((name) => name.startsWith("docs/") && picture.test(name))) {
    cpSync(join(root, file), join(sourceFolder, file));
  }
  return pages;
}

/** Writes a page of the site. */
export function write(page: string, text: string): void {
  mkdirSync(dirname(join(sourceFolder, page)), { recursive: true });
  writeFileSync(join(sourceFolder, page), text);
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.test(entry.name) ? [] : filesBelow(path);
    return /\.md$/.test(path) || picture.test(path) ? [path] : [];
  });
}
