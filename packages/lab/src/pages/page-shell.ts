import { Html, html } from "./html.ts";
import type { PageScriptName, PageScripts } from "./page-scripts.ts";
import { pageStyle } from "./page-style.ts";

/** The parts of a page. */
export interface PageParts {
  readonly title: string;
  readonly lead: Html;
  readonly body: Html;
  /** Scripts that the page runs, in this order. */
  readonly scripts: readonly PageScriptName[];
  /** Seconds after which the page reloads itself; default never. */
  readonly refreshSeconds?: number;
}

/** Renders a page as one file, with style, scripts and pictures inside. Its content security policy forbids every request. */
export function pageShell({ title, lead, body, scripts, refreshSeconds }: PageParts, sources: PageScripts): string {
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
${scripts.map((name) => html`<script type="module">${new Html(sources[name])}</script>\n`)}
</body>
</html>
`.text;
}

/** Renders data for a page's script, in an element from which the script reads it. */
export function dataElement(id: string, data: unknown): Html {
  // Inside a script element only "</" could end it early.
  return html`<script type="application/json" id="${id}">${new Html(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>`;
}
