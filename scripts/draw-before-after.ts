// Draws docs/before-after.jpg: dark photos above, as Kindling lights them below.
// npm run before-after [-- <photo...>]   photos of your own at automatic light; without any, those of `shownPhotos`
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { encodePhoto, openEnhancer, readPhoto } from "@kindling/node";
import sharp from "sharp";
import { shownPhotos } from "./shown-photos.ts";

const [width, height, gap] = [480, 360, 8];
const named = process.argv.slice(2);
const photos = named.length > 0 ? named.map((file) => ({ file, light: "auto" as const })) : shownPhotos;
const missing = photos.map(({ file }) => file).filter((file) => !existsSync(file));
if (missing.length > 0) {
  console.error(`${missing.join(", ")}: there is no such photo. Name photos of your own, free to be shown.`);
  process.exit(1);
}

// The network that `npm install kindling` brings, wherever this runs.
const enhancer = await openEnhancer({ method: "ember.free" });
const tiles = [];
for (const [column, { file, light }] of photos.entries()) {
  const dark = await readPhoto(file);
  const lit = await (await enhancer.analyse(dark)).relight({ light });
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
  .toFile(fileURLToPath(new URL("../docs/before-after.jpg", import.meta.url)));
