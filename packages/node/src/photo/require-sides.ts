import { KindlingError, type PhotoFormat } from "@kindling/core";

/** Longest side in pixels that a format holds, as libvips writes it; PNG and TIFF hold what fits the memory. */
const longestSides: Partial<Readonly<Record<PhotoFormat, number>>> = { jpeg: 65_500, webp: 16_383, avif: 16_384 };

/**
 * Checks that a picture fits a format, before anything is computed for it.
 *
 * @param name of the photo, for the message.
 * @throws {KindlingError} `too-large`, with the formats that hold it.
 */
export function requireSides(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
  format: PhotoFormat,
): void {
  const most = longestSides[format];
  const side = Math.max(width, height);
  if (most === undefined || side <= most) return;
  const others = (["jpeg", "png", "tiff"] as const).filter((other) => side <= (longestSides[other] ?? side));
  throw new KindlingError(
    "too-large",
    `${name}: ${width} x ${height} does not fit ${format.toUpperCase()}, whose sides end at ${most} pixels. ` +
      `Choose the format ${others.join(" or ")}.`,
  );
}
