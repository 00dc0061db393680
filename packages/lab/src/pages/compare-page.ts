import { html } from "./html.ts";
import type { PageScripts } from "./page-scripts.ts";
import { pageShell } from "./page-shell.ts";
import { type ViewerPicture, viewerSection } from "./viewer-section.ts";

/** Renders the page of `kindling compare`: pictures in a viewer, without figures. */
export function comparePage(pictures: readonly ViewerPicture[], scripts: PageScripts): string {
  const count = pictures.length;
  return pageShell(
    {
      title: "Side by side",
      lead: html`${count} pictures, compared with Kindling.`,
      body: viewerSection([{ name: "pictures", pictures }], count === 2 ? "slider" : "all"),
      scripts: ["theme-switch", "viewer"],
    },
    scripts,
  );
}
