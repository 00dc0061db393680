import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findBrokenLinks } from "../../site/src/find-broken-links.ts";
import { tryPages } from "../../site/src/try-pages.ts";
import { hasChromium } from "../support/chromium.ts";

function writeSite(pages: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "kindling-site-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, body] of Object.entries(pages)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    const head =
      '<!doctype html><html lang="en"><title>Page</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">';
    writeFileSync(join(folder, name), `${head}<main><h1>Page</h1>${body}</main></html>`);
  }
  return folder;
}

test("links and pictures that lead nowhere are found", () => {
  const folder = writeSite({
    "index.html": `<h2 id="here">Here</h2><a href="#here">a</a> <a href="/docs/a">b</a> <a href="docs/a.html#there">c</a>
      <a class="x" href="docs/b.html">d</a> <a href="docs/a.html#gone">e</a> <img alt="" src="/gone.png">
      <a href="https://elsewhere.org/gone">f</a>`,
    "docs/a.html": '<h2 id="there">There</h2><a href="../index.html#here">g</a> <a href="b.html">h</a>',
    "try/index.html": '<a href="gone.html">i</a>',
  });
  expect(findBrokenLinks(folder).sort()).toEqual([
    "docs/a.html: b.html",
    "index.html: /gone.png",
    "index.html: docs/a.html#gone",
    "index.html: docs/b.html",
  ]);
});

test.skipIf(!hasChromium)("pages with errors, requests elsewhere, barriers or too much width are found", async () => {
  const folder = writeSite({
    "index.html": "",
    "good.html": "<p>Text.</p>",
    "bad.html": `<p style="color: #aaa; background: #fff">Pale.</p><div style="width: 500px; height: 1px"></div>
      <img alt="" src="http://127.0.0.1:9/gone.png">`,
  });
  const pictures = join(folder, "pictures");
  const faults = await tryPages(folder, { places: ["good.html", "bad.html"], searches: {}, pictures });
  expect(faults.filter((fault) => !fault.includes("bad.html"))).toEqual([]);
  expect(readdirSync(pictures).sort()).toEqual(
    ["bad", "good"].flatMap((name) =>
      ["desk-dark", "desk-light", "phone-dark", "phone-light"].map((view) => `${name}-html-${view}.png`),
    ),
  );

  const named = (pattern: RegExp) => faults.filter((fault) => pattern.test(fault)).length;
  expect(named(/it asks http:\/\/127\.0\.0\.1:9\/gone\.png$/)).toBe(1);
  expect(named(/net::ERR_/)).toBe(1);
  expect(named(/^bad\.html: it is \d+ px wider than a phone\.$/)).toBe(1);
  expect(named(/^bad\.html, light: .*contrast/)).toBe(1);
});
