// Writes the tables of the documentation that are made from the code.   npm run docs-tables
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { docsTables, fillTables } from "./docs-tables/docs-tables.ts";

for (const [page, tables] of Object.entries(docsTables)) {
  const file = fileURLToPath(new URL(`../${page}`, import.meta.url));
  writeFileSync(file, await fillTables(readFileSync(file, "utf8"), tables));
}
