import type { Picture } from "@kindling/node";
import { pictureTile } from "@kindling/node/internal";
import sharp, { type Sharp } from "sharp";

const gap = 4;
const labelHeight = 18;

/** A photo and its result, with a label above them if it has one. */
export interface Pair {
  readonly before: Picture;
  readonly after: Picture;
  readonly label?: string;
}

/** How pairs are laid out. */
export interface PairsLayout {
  /** Pairs side by side. */
  readonly columns: number;
  /** Width of one picture in pixels; its height is three quarters of that. */
  readonly tile: number;
}

/** A pair as a picture of its own: before and after side by side, below their label. */
async function drawPair({ before, after, label }: Pair, tile: number): Promise<Buffer> {
  const size = { width: tile, height: Math.round(0.75 * tile) };
  const top = label === undefined ? 0 : labelHeight;
  const pictures = [before, after].map(async (picture, index) => ({
    input: Buffer.from(await pictureTile(picture, size)),
    left: index * (tile + gap),
    top,
  }));
  const labels = label === undefined ? [] : [{ input: textOf(label, 2 * tile + gap), left: 0, top: 0 }];
  return sharp({ create: { width: 2 * tile + gap, height: top + size.height, channels: 3, background: "white" } })
    .composite([...(await Promise.all(pictures)), ...labels])
    .png()
    .toBuffer();
}

function textOf(label: string, width: number): Buffer {
  const text = label.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return Buffer.from(
    `<svg width="${width}" height="${labelHeight}"><text x="2" y="13" font-family="sans-serif" font-size="12">${text}</text></svg>`,
  );
}

/**
 * Collects pairs, reduced to tiles as they come, and draws them side by side, before and after, row after row. The
 * caller says in which format: `toFile` follows the ending of the name.
 */
export function startPairs({ columns, tile }: PairsLayout) {
  const drawn: Buffer[] = [];
  return {
    async add(pair: Pair): Promise<void> {
      drawn.push(await drawPair(pair, tile));
    },
    async draw(): Promise<Sharp> {
      const sizes = await Promise.all(drawn.map((image) => sharp(image).metadata()));
      const [width, height] = [sizes[0].width, Math.max(...sizes.map((size) => size.height))];
      const across = Math.min(columns, drawn.length);
      const rows = Math.ceil(drawn.length / across);
      return sharp({
        create: {
          width: across * (width + 3 * gap) - 3 * gap,
          height: rows * (height + gap) - gap,
          channels: 3,
          background: "white",
        },
      }).composite(
        drawn.map((input, index) => ({
          input,
          left: (index % across) * (width + 3 * gap),
          top: Math.floor(index / across) * (height + gap),
        })),
      );
    },
  };
}
