// Draws docs/before-after.jpg: night photographs above, as Kindling lights them by itself below.
// npm run before-after [-- <photo...>]   without photos, those of `nightPhotos` in ../shared/data/free/cc0
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodePhoto, openEnhancer, readPhoto } from "@kindling/node";
import sharp from "sharp";

const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** CC0: of gianni-rosato/gb82-image-set and BuddiesOfBudgie/budgie-backgrounds. README.md names both. */
const nightPhotos = ["gb82-prudential", "budgie-san-francisco-skyline"].map((name) =>
  inRepository(`../shared/data/free/cc0/${name}.webp`),
);
const [width, height, gap] = [600, 400, 8];
const named = process.argv.slice(2);
const photos = named.length > 0 ? named : nightPhotos;
const missing = photos.filter((photo) => !existsSync(photo));
if (missing.length > 0) {
  console.error(`${missing.join(", ")}: there is no such photo. Name photos of your own, free to be shown.`);
  process.exit(1);
}

const enhancer = await openEnhancer();
const tiles = [];
for (const [column, file] of photos.entries()) {
  const dark = await readPhoto(file);
  const lit = await (await enhancer.analyse(dark)).relight();
  for (const [row, photo] of [dark, lit].entries()) {
    const { bytes } = await encodePhoto(photo, { format: "png" });
    const input = await sharp(bytes).resize(width, height, { fit: "cover" }).toBuffer();
    tiles.push({ input, left: column * (width + gap), top: row * (height + gap) });
  }
}
await enhancer.close();
const size = { width: photos.length * (width + gap) - gap, height: 2 * (height + gap) - gap };
await sharp({ create: { ...size, channels: 3, background: "white" } })
  .composite(tiles)
  .jpeg({ quality: 85 })
  .toFile(inRepository("docs/before-after.jpg"));
