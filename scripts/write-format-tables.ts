// Writes the tables of docs/FORMATS.md: passes photos through Kindling and reads the results.   npm run format-tables
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fillTables } from "./docs-tables/docs-tables.ts";
import { formatTables } from "./formats/format-table.ts";
import { writePage } from "./write-page.ts";

const file = fileURLToPath(new URL("../docs/FORMATS.md", import.meta.url));
writePage(file, await fillTables(readFileSync(file, "utf8"), formatTables));
