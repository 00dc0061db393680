import type { ChannelCount } from "../image/picture.ts";
import { viewOf } from "../metadata/byte-list.ts";
import { srgbCoding } from "../metadata/colour-coding.ts";
import { isoBoxes } from "../metadata/iso-boxes.ts";
import type { FileMetadata } from "../metadata/photo-metadata.ts";
import { type DecodedSource, damagedFile, type SourceOptions } from "./decoded-source.ts";
import { readJxlSize } from "./jxl-size.ts";

/** libjxl as WebAssembly (`@jsquash/jxl`): what is used of it. */
export interface LibJxl {
  /** RGBA of 8 bits in sRGB, upright; null where it cannot be decoded. */
  decode(
    bytes: Uint8Array,
  ): { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray } | null;
}

/**
 * Decodes a JPEG XL file with libjxl: upright, with 8 bits in sRGB, whatever the file holds, as this build of libjxl gives.
 * Exif and XMP are read where they are not compressed.
 *
 * @throws {KindlingError} `damaged`, and what `requireSize` throws.
 */
export async function decodeJxl(
  loadLibJxl: () => Promise<LibJxl>,
  bytes: Uint8Array,
  { name, requireSize }: SourceOptions,
): Promise<DecodedSource> {
  const boxes = bytes[0] === 0xff ? [] : isoBoxes(bytes);
  const stream = bytes[0] === 0xff ? bytes : boxes.find(({ type }) => type === "jxlc" || type === "jxlp");
  // A stream in pieces has the number of the piece before it.
  const start = stream instanceof Uint8Array ? stream : stream?.body.subarray(stream.type === "jxlp" ? 4 : 0);
  const size = start && readJxlSize(start);
  if (!size) throw damagedFile(name, "the file is damaged or cut short");
  requireSize(size);
  const libjxl = await loadLibJxl();
  let image: ReturnType<LibJxl["decode"]>;
  try {
    image = libjxl.decode(bytes);
  } catch (cause) {
    throw damagedFile(name, "the file is damaged or cut short", cause);
  }
  if (!image) throw damagedFile(name, "the file is damaged or cut short");
  const notes = ["JPEG XL is read with 8 bits in sRGB"];
  if (boxes.some(({ type }) => type === "brob")) notes.push("its compressed metadata is left out");
  const { width, height, data } = image;
  return { pixels: { width, height, ...neededChannels(data) }, metadata: metadataOf(boxes), notes };
}

function neededChannels(rgba: Uint8ClampedArray): { channels: ChannelCount; samples: Uint8Array } {
  let [isGrey, isOpaque] = [true, true];
  for (let i = 0; i < rgba.length; i += 4) {
    isGrey &&= rgba[i] === rgba[i + 1] && rgba[i] === rgba[i + 2];
    isOpaque &&= rgba[i + 3] === 255;
  }
  const kept = [...(isGrey ? [0] : [0, 1, 2]), ...(isOpaque ? [] : [3])];
  const samples = new Uint8Array((rgba.length / 4) * kept.length);
  for (let from = 0, to = 0; from < rgba.length; from += 4) for (const c of kept) samples[to++] = rgba[from + c]!;
  return { channels: kept.length as ChannelCount, samples };
}

function metadataOf(boxes: ReturnType<typeof isoBoxes>): FileMetadata {
  const bodyOf = (name: string) => boxes.find(({ type }) => type === name)?.body;
  const [exifBox, xmp] = [bodyOf("Exif"), bodyOf("xml ")];
  // The first four bytes are the distance from their end to the TIFF header.
  const exif = exifBox && exifBox.length > 4 ? exifBox.slice(4 + viewOf(exifBox).getUint32(0)) : undefined;
  return { coding: srgbCoding, ...(exif && { exif }), ...(xmp && { xmp: xmp.slice() }) };
}
