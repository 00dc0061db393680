import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { siteFolder, sourceFolder } from "../src/places.ts";
import { slugOfHeading } from "../src/slug-of-heading.ts";

/** A link with the first heading of its page. */
function linkTo(page: string): { text: string; link: string } {
  const heading = /^# (.+)$/m.exec(readFileSync(join(sourceFolder, page), "utf8"))?.[1] ?? page;
  return { text: heading.replace(/[`\\]|\[|\]\(.*?\)/g, ""), link: `/${page.replace(/\.md$/, "")}` };
}

const pagesIn = (folder: string) =>
  readdirSync(join(sourceFolder, folder))
    .filter((name) => name.endsWith(".md") && name !== "index.md")
    .map((name) => linkTo(`${folder}/${name}`));
const readmesIn = (folder: string) =>
  readdirSync(join(sourceFolder, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /^[^/]+\/README\.md$/.test(name))
    .map((name) => linkTo(`${folder}/${name}`));
const guides = ["photos", "embedding", "research"].map((name) => linkTo(`docs/guides/${name}.md`));

/**
 * How much a result counts: the list of methods, whose long sections the search would rank last, guides and commands before
 * the rest, hundreds of pages of the API and what was new once last.
 */
function weightOfPage(id: string): number {
  if (/\/(api\/|CHANGELOG)/.test(id)) return 0.2;
  if (/\/docs\/METHODS/.test(id)) return 8;
  return /\/(docs|commands)\//.test(id) ? 2 : 1;
}

/** How far a word may be from the one that is searched for: `lime` is not `time`. */
function distanceOfWords(word: string): number | false {
  return word.length > 5 ? 0.2 : false;
}

const base = process.env["SITE_BASE"] ?? "/";

export default defineConfig({
  title: "Kindling",
  description: "A dark photo in, a good photo out.",
  srcDir: sourceFolder,
  outDir: siteFolder,
  cacheDir: join(siteFolder, "../cache"),
  base,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}try/icon.svg` }]],
  // The live example is no page of this site's own.
  ignoreDeadLinks: [/^\/try\//],
  markdown: {
    html: false,
    anchor: { slugify: slugOfHeading },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    logo: { src: "/try/icon.svg", alt: "" },
    search: {
      provider: "local",
      options: { miniSearch: { searchOptions: { boostDocument: weightOfPage, fuzzy: distanceOfWords } } },
    },
    outline: "deep",
    nav: [
      { text: "Guides", items: guides },
      { text: "Commands", link: "/commands/" },
      { text: "API", link: "/api/" },
      { text: "Try it", link: "/try/index.html", target: "_self" },
    ],
    sidebar: [
      { text: "Kindling", items: [{ text: "Start", link: "/" }, ...guides] },
      { text: "Commands", collapsed: true, items: [{ text: "All", link: "/commands/" }, ...pagesIn("commands")] },
      { text: "Documentation", items: pagesIn("docs") },
      { text: "Packages", collapsed: true, items: [...readmesIn("packages"), ...readmesIn("apps")] },
      { text: "API", link: "/api/" },
      {
        text: "Project",
        collapsed: true,
        items: ["CHANGELOG", "ROADMAP", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY"].map((name) =>
          linkTo(`${name}.md`),
        ),
      },
    ],
  },
});
