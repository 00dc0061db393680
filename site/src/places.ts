import { fileURLToPath } from "node:url";

/** The repository's root, with a slash at the end. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
/** The Markdown that the site is made from, laid out as the repository is. */
export const sourceFolder = fileURLToPath(new URL("../dist/source", import.meta.url));
/** The site. */
export const siteFolder = fileURLToPath(new URL("../dist/html", import.meta.url));
