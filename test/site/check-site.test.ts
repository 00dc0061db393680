import { expect, test } from "vitest";
import { findBrokenLinks } from "../../site/src/find-broken-links.ts";
import { writeSite } from "../support/write-site.ts";

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
