// Draws docs/before-after.jpg from the sample photos: dark above, lit below.   npm run before-after
import { fileURLToPath } from "node:url";
import { encodePhoto, openEnhancer, readPhoto } from "@kindling/node";
import sharp from "sharp";

const inRepository = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const names = ["street-after-rain", "desk-by-the-window"];
const [width, height, gap] = [600, 400, 8];

const enhancer = await openEnhancer();
const tiles = await Promise.all(
  names.map(async (name, column) => {
    const dark = await readPhoto(inRepository(`examples/photos/${name}.jpg`));
    const lit = await (await enhancer.analyse(dark)).relight();
    const rows = await Promise.all(
      [dark, lit].map(async (photo, row) => ({
        input: await sharp((await encodePhoto(photo, { format: "png" })).bytes)
          .resize(width, height, { fit: "cover" })
          .toBuffer(),
        left: column * (width + gap),
        top: row * (height + gap),
      })),
    );
    return rows;
  }),
);
await sharp({
  create: {
    width: names.length * (width + gap) - gap,
    height: 2 * (height + gap) - gap,
    channels: 3,
    background: "white",
  },
})
  .composite(tiles.flat())
  .jpeg({ quality: 85 })
  .toFile(inRepository("docs/before-after.jpg"));
