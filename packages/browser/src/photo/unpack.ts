import { type ChannelCount, KindlingError } from "@kindling/core";
import type { PhotoHeader } from "./photo-header.ts";

/** Pixels that are read in strips of rows. */
export interface PixelRows {
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelCount;
  /** Value of white. */
  readonly white: number;
  /** Samples of the rows `top` to `bottom` (exclusive), with `stride` values a pixel, colours first and alpha last. */
  rows(top: number, bottom: number): Uint8ClampedArray | Uint8Array | Uint16Array | Float32Array;
  readonly stride: number;
}

/** A decoded photo, upright; a large one is never held as floats at once. */
export interface UnpackedPhoto extends PixelRows {
  readonly white: 1 | 255 | 65535;
  /** Frees the decoded pixels. */
  close(): void;
}

/**
 * Decodes a photo with the browser's decoder; PNG of 16 bits or with alpha with fast-png, as a canvas holds 8 bits and
 * colours multiplied by alpha.
 *
 * The numbers stay in the photo's own colour space; only CMYK is converted, to sRGB.
 *
 * @throws {KindlingError} `damaged`.
 */
export async function unpackPhoto(bytes: Uint8Array, header: PhotoHeader, name: string): Promise<UnpackedPhoto> {
  const isBeyondCanvas = header.depth === 16 || header.channels === 2 || header.channels === 4;
  try {
    if (header.format === "png" && !header.type && isBeyondCanvas) return await unpackPng(bytes);
    return await unpackWithBrowser(bytes, header.type ?? `image/${header.format}`, header);
  } catch (cause) {
    throw new KindlingError("damaged", `${name}: the file is damaged or cut short. Copy it again from its source.`, {
      cause,
    });
  }
}

async function unpackPng(bytes: Uint8Array): Promise<UnpackedPhoto> {
  const { decode } = await import("fast-png");
  const { width, height, channels, data, depth } = decode(bytes, { checkCrc: true });
  if (data.length !== width * height * channels) throw new Error("Pixels are missing.");
  return {
    width,
    height,
    channels: channels as ChannelCount,
    white: depth === 16 ? 65535 : 255,
    stride: channels,
    rows: (top, bottom) => data.subarray(top * width * channels, bottom * width * channels),
    close() {},
  };
}

/** Decodes a photo with the browser's decoder; throws the browser's error where it has none or the file is damaged. */
export async function unpackWithBrowser(
  bytes: Uint8Array,
  type: string,
  { isCmyk = false, channels }: Partial<Pick<PhotoHeader, "isCmyk" | "channels">>,
): Promise<UnpackedPhoto> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type });
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: isCmyk ? "default" : "none" });
  const { width, height } = bitmap;
  const strip = new OffscreenCanvas(width, Math.min(height, stripRows));
  const context = strip.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("The browser gives no canvas.");
  const rows = (top: number, bottom: number) => {
    context.globalCompositeOperation = "copy";
    context.drawImage(bitmap, 0, top, width, bottom - top, 0, 0, width, bottom - top);
    return context.getImageData(0, 0, width, bottom - top).data;
  };
  const photo: UnpackedPhoto = { width, height, channels: 3, white: 255, stride: 4, rows, close: () => bitmap.close() };
  return { ...photo, channels: channels ?? (hasTransparentPixel(photo) ? 4 : 3) };
}

/** Rows read at a time: only a canvas of this height is held beside the decoded photo. */
export const stripRows = 64;

function hasTransparentPixel({ height, rows }: UnpackedPhoto): boolean {
  for (let top = 0; top < height; top += stripRows) {
    const samples = rows(top, Math.min(top + stripRows, height));
    for (let i = 3; i < samples.length; i += 4) if (samples[i] < 255) return true;
  }
  return false;
}
