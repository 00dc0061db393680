// Writes the tables of the documentation that are made from the code.   npm run docs-tables
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { docsTables, fillTables } from "./docs-tables/docs-tables.ts";
import { writePage } from "./write-page.ts";

for (const [page, tables] of Object.entries(docsTables)) {
  const file = fileURLToPath(new URL(`../${page}`, import.meta.url));
  writePage(file, await fillTables(readFileSync(file, "utf8"), tables));
}
