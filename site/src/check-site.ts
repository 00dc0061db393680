import { join } from "node:path";
import { hasChromium } from "../../test/support/chromium.ts";
import { findBrokenLinks } from "./find-broken-links.ts";
import { root } from "./places.ts";
import { tryPages, type Visit } from "./try-pages.ts";

/** A page of each kind; words that readers look for, with where they are answered. */
const visit: Visit = {
  places: [
    "",
    "docs/guides/photos.html",
    "docs/METHODS.html",
    "docs/RESULTS.html",
    "commands/enhance.html",
    "packages/browser/README.html",
    "api/index.html",
  ],
  searches: {
    proxy: "docs/guides/photos",
    "--denoise": "commands/enhance",
    openEnhancer: "api/",
    LIME: "docs/METHODS",
  },
  photo: join(root, "examples/photos/still-life.jpg"),
  pictures: join(root, "out/site"),
};

/**
 * Tries a built site: every link of it leads to a page and a heading that are there; in Chromium pages of each kind are
 * without fault, the search finds them and the live example enhances a photo. Screenshots go to `out/site`.
 *
 * @throws {Error} that lists what is wrong.
 */
export async function checkSite(folder: string): Promise<void> {
  const faults = findBrokenLinks(folder);
  // Chromium serves it from the root of a host.
  const isTried = hasChromium && (process.env["SITE_BASE"] ?? "/") === "/";
  if (isTried) faults.push(...(await tryPages(folder, visit)));
  if (faults.length > 0) throw new Error(`The site has ${faults.length} faults:\n${faults.join("\n")}`);
  console.log(`The site is in ${folder}: its links work${isTried ? ", and so do its pages in Chromium" : ""}.`);
}
