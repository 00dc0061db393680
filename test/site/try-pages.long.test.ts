// Two pages in eight views, each until the network rests, for the tool that `npm run site` looks at the site with.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tryPages } from "../../site/src/try-pages.ts";
import { hasChromium } from "../support/chromium.ts";
import { writeSite } from "../support/write-site.ts";

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
