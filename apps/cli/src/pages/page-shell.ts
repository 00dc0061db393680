import { readFile } from "node:fs/promises";
import { Html, html } from "./html.ts";
import { pageStyle } from "./page-style.ts";

/** Scripts a page can have, by the file of `browser/` they come from. */
type PageScript = "theme-switch" | "sortable-table" | "metric-choice" | "viewer";

/** What a page is made of. */
export interface PageParts {
  readonly title: string;
  readonly lead: Html;
  readonly body: Html;
  readonly scripts: readonly PageScript[];
  /** Seconds after which the page is loaded anew; without it never. */
  readonly refreshSeconds?: number;
}

/**
 * A whole page in one file: style, scripts and pictures inside. It asks the network for nothing, and its policy forbids it to.
 */
export async function pageShell({ title, lead, body, scripts, refreshSeconds }: PageParts): Promise<string> {
  const sources = await Promise.all(
    scripts.map((name) => readFile(new URL(`../browser/${name}.js`, import.meta.url), "utf8")),
  );
  const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Kindling">${refreshSeconds === undefined ? undefined : html`\n<meta http-equiv="refresh" content="${refreshSeconds}">`}
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
<header>
<div><h1>${title}</h1><p>${lead}</p></div>
<button id="theme" type="button">Light / dark</button>
</header>
<main>
${body}
</main>
${sources.map((source) => html`<script type="module">${new Html(source)}</script>\n`)}
</body>
</html>
`.text;
}

/** Data for a page's script, as an element it is read from. */
export function dataElement(id: string, data: unknown): Html {
  // Inside a script element only "</" could end it early.
  return html`<script type="application/json" id="${id}">${new Html(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>`;
}
