// Builds the documentation as a site in dist/html, and tries it in Chromium where there is one.   npm run site
// SITE_BASE=/kindling/ for a host that serves it from a folder.
import { cpSync, existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { checkSite } from "./src/check-site.ts";
import { collectPages } from "./src/collect-pages.ts";
import { root, siteFolder, sourceFolder } from "./src/places.ts";
import { writeApiPages } from "./src/write-api-pages.ts";
import { writeCommandPages } from "./src/write-command-pages.ts";

const page = `${root}apps/web/dist`;
if (!existsSync(page)) throw new Error("apps/web/dist is not there: run npm run build first.");
rmSync(sourceFolder, { recursive: true, force: true });
const pages = collectPages();
const commands = await writeCommandPages();
console.log(`${pages.size} pages and ${commands.length} commands; the API follows.`);
await writeApiPages();
// The page itself, as it is built for any host, is the live example.
cpSync(page, `${sourceFolder}/public/try`, { recursive: true });
await build(fileURLToPath(new URL(".", import.meta.url)));
await checkSite(siteFolder);
