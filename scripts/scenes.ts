// Writes docs/SCENES.md: hard scenes before and after, with figures.   npm run scenes [-- -m <method>] [--out <folder>]
// Or draws photos before and after on one sheet.   npm run scenes -- --sheet <file> [-m <method>] [--columns n] [--tile px] <photos...>
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { drawSheet } from "./scenes/draw-sheet.ts";
import { hasPhotoScenes } from "./scenes/photo-scenes.ts";
import { writeScenes } from "./scenes/write-scenes.ts";

const { values, positionals } = parseArgs({
  options: {
    method: { type: "string", short: "m" },
    out: { type: "string" },
    sheet: { type: "string" },
    columns: { type: "string", default: "2" },
    tile: { type: "string", default: "400" },
  },
  allowPositionals: true,
});
const { method, sheet } = values;

if (sheet === undefined) {
  if (!hasPhotoScenes) console.warn("The photographs of ../shared/data/free are not there; they are left out.");
  const folder = values.out ?? fileURLToPath(new URL("../docs", import.meta.url));
  await writeScenes({ method, folder, command: `npm run scenes${method === undefined ? "" : ` -- -m ${method}`}` });
} else {
  const [columns, tile] = [Number(values.columns), Number(values.tile)];
  if (positionals.length === 0 || !(columns >= 1) || !(tile >= 16)) {
    throw new Error("A sheet needs photos or folders, columns of 1 or more and tiles of 16 pixels or more.");
  }
  await drawSheet({ method, photos: positionals, file: sheet, columns, tile });
}
