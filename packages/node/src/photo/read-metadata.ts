import { promisify } from "node:util";
import { inflate } from "node:zlib";
import type { PhotoFormat } from "@kindling/core";
import {
  type FileMetadata,
  iptcOfPhotoshopBlock,
  metadataOfAvif,
  metadataOfJpeg,
  metadataOfPng,
  metadataOfTiff,
  metadataOfWebp,
} from "@kindling/core/internal";
import type { Metadata } from "sharp";

const inflateZlib = promisify(inflate);

const readers: Readonly<Record<PhotoFormat, (bytes: Uint8Array) => FileMetadata | Promise<FileMetadata>>> = {
  jpeg: metadataOfJpeg,
  png: (bytes) => metadataOfPng(bytes, async (zlib) => new Uint8Array(await inflateZlib(zlib))),
  webp: metadataOfWebp,
  avif: metadataOfAvif,
  tiff: metadataOfTiff,
};

/** Reads what a photo file holds beside its pixels. */
export async function readMetadata(bytes: Uint8Array, format: PhotoFormat, header: Metadata): Promise<FileMetadata> {
  const found = await readers[format](bytes);
  // libvips also knows BigTIFF, and layouts of AVIF that few encoders write.
  return format === "tiff" || format === "avif" ? { ...partsOfHeader(header), ...found } : found;
}

function partsOfHeader({ icc, xmp, iptc, exif, format }: Metadata): FileMetadata {
  const datasets = iptc && (iptcOfPhotoshopBlock(iptc) ?? iptc);
  // A TIFF's Exif is spread over its directories; what libvips makes of it is not the file's.
  const whole = format === "tiff" ? undefined : exif?.subarray(exif.toString("latin1", 0, 4) === "Exif" ? 6 : 0);
  return {
    ...(whole && { exif: whole }),
    ...(icc && { icc }),
    ...(xmp && { xmp }),
    ...(datasets && { iptc: datasets }),
  };
}
