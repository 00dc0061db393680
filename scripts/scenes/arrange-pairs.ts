import sharp, { type Sharp } from "sharp";

const [gapAcross, gapDown] = [12, 4];

/**
 * Arranges pictures of one size in columns, row after row, on white. The caller says in which format: sharp's `toFile`
 * follows the ending of the name.
 */
export async function arrangePairs(pairs: readonly Buffer[], columns: number): Promise<Sharp> {
  const { width, height } = await sharp(pairs[0]).metadata();
  const across = Math.min(columns, pairs.length);
  const rows = Math.ceil(pairs.length / across);
  const [right, down] = [width + gapAcross, height + gapDown];
  return sharp({
    create: { width: across * right - gapAcross, height: rows * down - gapDown, channels: 3, background: "white" },
  }).composite(
    pairs.map((input, index) => ({ input, left: (index % across) * right, top: Math.floor(index / across) * down })),
  );
}
