import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { hasChromium } from "../support/chromium.ts";

test("the site is built, its links work, and its pages are without fault in Chromium", () => {
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const told = execFileSync("npm", ["run", "site"], { cwd, encoding: "utf8", shell: process.platform === "win32" });
  expect(told).toContain(`its links work${hasChromium ? ", and so do its pages in Chromium" : ""}.`);
  // The build alone takes minutes.
}, 1_800_000);
