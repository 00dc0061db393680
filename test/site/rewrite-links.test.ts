import { expect, test } from "vitest";
import { placeOfPage, rewriteLinks } from "../../site/src/rewrite-links.ts";
import { slugOfHeading } from "../../site/src/slug-of-heading.ts";

const pages = new Set(["README.md", "docs/EMBER.md", "docs/guides/photos.md", "packages/node/README.md"]);
const rewrite = (text: string, page: string) => rewriteLinks(text, page, { pages, sources: "https://host/blob/main/" });

test("links between pages stay relative, and the README is the first page", () => {
  expect(rewrite("[a](docs/EMBER.md#b)", "README.md")).toBe("[a](./docs/EMBER.md#b)");
  expect(rewrite("[a](../../README.md#start)", "docs/guides/photos.md")).toBe("[a](../../index.md#start)");
  expect(rewrite("[a]: ../EMBER.md\n", "docs/guides/photos.md")).toBe("[a]: ../EMBER.md\n");
  expect(placeOfPage("README.md")).toBe("index.md");
});

test("a link to a folder leads to its README, one to another file to its source", () => {
  expect(rewrite("[a](packages/node/)", "README.md")).toBe("[a](./packages/node/README.md)");
  expect(rewrite("[a](../test/readme.test.ts) [b](../models)", "docs/EMBER.md")).toBe(
    "[a](https://host/blob/main/test/readme.test.ts) [b](https://host/blob/main/models)",
  );
});

test("pictures, other hosts, anchors and code stay; comments go", () => {
  const text = "![a](b.webp) [c](https://c.org/d.md) [e](#f) `[g](h.md)`\n\n```\n[i](j.md)\n```\n";
  expect(rewrite(`<!-- begin: x -->\n\n${text}`, "docs/EMBER.md")).toBe(text);
});

test("headings have the anchors that forges give them", () => {
  expect(slugOfHeading("A system: 1 folder + 1 line")).toBe("a-system-1-folder--1-line");
  expect(slugOfHeading("`light`, und Größe")).toBe("light-und-größe");
});
