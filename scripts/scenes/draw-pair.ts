import type { Picture } from "@kindling/node";
import { pictureTile } from "@kindling/node/internal";
import sharp from "sharp";

const gap = 4;
const labelHeight = 18;

/** A photo and its result, with a label above them if it has one. */
export interface Pair {
  readonly before: Picture;
  readonly after: Picture;
  readonly label?: string;
}

/**
 * Draws a photo left of its result, each reduced to fit a tile; returns a PNG.
 *
 * @param tile width of a tile in pixels; its height is three quarters of that.
 */
export async function drawPair({ before, after, label }: Pair, tile: number): Promise<Buffer> {
  const size = { width: tile, height: Math.round(0.75 * tile) };
  const width = 2 * tile + gap;
  const top = label === undefined ? 0 : labelHeight;
  const pictures = [before, after].map(async (picture, index) => ({
    input: Buffer.from(await pictureTile(picture, size)),
    left: index * (tile + gap),
    top,
  }));
  const labels = label === undefined ? [] : [{ input: drawText(label, width), left: 0, top: 0 }];
  return sharp({ create: { width, height: top + size.height, channels: 3, background: "white" } })
    .composite([...(await Promise.all(pictures)), ...labels])
    .png()
    .toBuffer();
}

function drawText(label: string, width: number): Buffer {
  const text = label.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return Buffer.from(
    `<svg width="${width}" height="${labelHeight}"><text x="2" y="13" font-family="sans-serif" font-size="12">${text}</text></svg>`,
  );
}
