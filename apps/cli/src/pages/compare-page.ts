import { html } from "./html.ts";
import { pageShell } from "./page-shell.ts";
import { type ViewerPicture, viewerSection } from "./viewer-section.ts";

/** The page of `kindling compare`: pictures to look at, and nothing else. */
export async function comparePage(pictures: readonly ViewerPicture[]): Promise<string> {
  const count = pictures.length;
  return pageShell({
    title: "Side by side",
    lead: html`${count} pictures, compared with Kindling.`,
    body: viewerSection([{ name: "pictures", pictures }], count === 2 ? "slider" : "all"),
    scripts: ["theme-switch", "viewer"],
  });
}
