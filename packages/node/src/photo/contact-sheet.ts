import type { Picture } from "@kindling/core";
import { integersOfPicture } from "@kindling/core/internal";
import { loadSharp } from "./load-sharp.ts";

const gapPx = 4;
const quality = 88;

/** Width and height of something in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Reduces a picture to fit a tile, the rest of it grey; returns a PNG. */
export async function pictureTile(picture: Picture, { width, height }: Size): Promise<Uint8Array> {
  const { samples, ...raw } = integersOfPicture(picture, 8);
  const sharp = await loadSharp();
  return sharp(samples, { raw, limitInputPixels: false })
    .resize({ width, height, fit: "contain", background: "#808080" })
    .toColourspace("srgb")
    .png()
    .toBuffer();
}

/** Puts tiles of one size side by side on white, row after row; returns a JPEG. */
export async function contactSheet(rows: readonly (readonly Uint8Array[])[], tile: Size): Promise<Uint8Array> {
  const columns = Math.max(...rows.map((row) => row.length));
  const placeOf = (index: number, side: number) => gapPx + index * (side + gapPx);
  const tiles = rows.flatMap((row, y) =>
    row.map((input, x) => ({
      input: Buffer.from(input),
      left: placeOf(x, tile.width),
      top: placeOf(y, tile.height),
    })),
  );
  const size = { width: placeOf(columns, tile.width), height: placeOf(rows.length, tile.height) };
  const sharp = await loadSharp();
  return sharp({ create: { ...size, channels: 3, background: "white" } })
    .composite(tiles)
    .jpeg({ quality })
    .toBuffer();
}
