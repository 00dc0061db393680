// Draws docs/methods.webp: eight dark photos, and under them what every method makes of them at its defaults.
// npm run method-sheet [-- <photo...> -o <sheet>]   photos of your own; without any, the eight of docs/RESULTS.md
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openEnhancer, type Photo, readPhoto } from "@kindling/node";
import { contactSheet, pictureTile } from "@kindling/node/internal";
import sharp from "sharp";
import { comparedMethods } from "./compared-methods.ts";

const tile = { width: 200, height: 150 };
/** Largest side of the photos that methods see: some take seconds for a megapixel. */
const side = 640;

const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals } = parseArgs({
  options: { out: { type: "string", short: "o", default: join(root, "docs/methods.webp") } },
  allowPositionals: true,
});

const scratch = mkdtempSync(join(tmpdir(), "kindling-methods-"));
const photos = await Promise.all((positionals.length > 0 ? positionals : photosOfResults()).map(reduce));
const shown = await Promise.all(photos.map(({ picture }) => pictureTile(picture, tile)));
const rows: Uint8Array[][] = [[await drawLabel("dark photo"), ...shown]];
for (const method of comparedMethods) {
  const enhancer = await openEnhancer({ method });
  const row: Uint8Array[] = [await drawLabel(method)];
  for (const photo of photos) {
    const { picture } = await (await enhancer.analyse(photo)).relight();
    row.push(await pictureTile(picture, tile));
  }
  await enhancer.close();
  rows.push(row);
  console.log(method);
}
rmSync(scratch, { recursive: true });
await sharp(await contactSheet(rows, tile)).toFile(values.out);

/** Four photographs at night as they are, and four that no training saw, through the camera in the dark; all may be shown. */
function photosOfResults(): readonly string[] {
  const cc0 = join(root, "../shared/data/free/cc0");
  const night = ["budgie-singaporean-cityscape", "pop-ahmadreza-sajadi-10140-edit", "gb82-prudential", "gb82-night"];
  const day = ["budgie-orange-hallway", "gb82-guitar", "gb82-sand", "kodak-10"];
  const [bright, dark] = [join(scratch, "bright"), join(scratch, "dark")];
  mkdirSync(bright);
  for (const name of day) symlinkSync(join(cc0, `${name}.webp`), join(bright, `${name}.webp`));
  const options = `--side ${side} --parts 0 --unchanged 0 --seed 5`.split(" ");
  execFileSync(process.execPath, [join(root, "apps/cli/bin/kindling.js"), "synth", bright, "-o", dark, ...options]);
  const darkened = readdirSync(join(dark, "low")).map((name) => join(dark, "low", name));
  return [...night.map((name) => join(cc0, `${name}.webp`)), ...darkened];
}

async function reduce(file: string): Promise<Photo> {
  const small = join(scratch, `${basename(file)}.png`);
  await sharp(file).resize(side, side, { fit: "inside", withoutEnlargement: true }).png().toFile(small);
  return readPhoto(small);
}

/** A tile with a method's name. */
function drawLabel(text: string): Promise<Buffer> {
  const svg = `<svg width="${tile.width}" height="${tile.height}"><rect width="100%" height="100%" fill="white"/>
    <text x="10" y="80" font-family="sans-serif" font-size="19">${text}</text></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}
