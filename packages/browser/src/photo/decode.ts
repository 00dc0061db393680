import { type DecodeOptions, KindlingError, type Photo, type PhotoFormat, type Picture } from "@kindling/core";
import {
  adoptFileMetadata,
  type FileMetadata,
  metadataOfAvif,
  metadataOfJpeg,
  metadataOfPng,
  metadataOfTiff,
  metadataOfWebp,
  pictureOfIntegers,
  type SourceOptions,
  srgbCoding,
} from "@kindling/core/internal";
import { type PhotoHeader, readPhotoHeader } from "./photo-header.ts";
import { reduceRows } from "./reduce-rows.ts";
import { stripRows, type UnpackedPhoto, unpackPhoto } from "./unpack.ts";
import { type UnpackedSource, unpackSource } from "./unpack-source.ts";

/** About a gigabyte of floats, which browsers allow a page. */
const defaultMaxMegapixels = 64;

/** A photo reduced for the screen, and its size in the file. */
export interface ReducedPhoto {
  readonly photo: Photo;
  readonly originalSize: { readonly width: number; readonly height: number };
}

/**
 * Looks at the first bytes of a file: whether it is a photo of a kind and size that can be read.
 *
 * @throws {KindlingError} as `decodePhoto` does, but for damage that only decoding shows.
 */
export function checkPhoto(bytes: Uint8Array, name: string): void {
  const { size } = readPhotoHeader(bytes, name);
  if (size) requireSize(name, size, defaultMaxMegapixels);
}

/**
 * Reads a photo file with the browser's decoders: pixels in their own colour space, upright, as floats, reduced to at
 * most `maxPixels` on the way; each pixel is then the mean of the area it covers.
 *
 * @throws {KindlingError} as `Codec.decode` does.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  { name, maxMegapixels = defaultMaxMegapixels }: DecodeOptions,
  maxPixels: number,
): Promise<ReducedPhoto> {
  const header = readPhotoHeader(bytes, name);
  if (header.size) requireSize(name, header.size, maxMegapixels);
  const { unpacked, ...found } = await unpackAny(bytes, header, {
    name,
    requireSize: (size) => requireSize(name, size, maxMegapixels),
  });
  try {
    const { width, height } = unpacked;
    requireSize(name, unpacked, maxMegapixels);
    const shrink = Math.min(1, Math.sqrt(maxPixels / (width * height)));
    const picture =
      shrink === 1
        ? readWholePicture(unpacked)
        : reduceRows(unpacked, Math.max(1, Math.floor(width * shrink)), Math.max(1, Math.floor(height * shrink)));
    return { photo: assemblePhoto(picture, header, unpacked, found), originalSize: { width, height } };
  } finally {
    unpacked.close();
  }
}

function requireSize(name: string, { width, height }: { width: number; height: number }, maxMegapixels: number): void {
  const megapixels = (width * height) / 1e6;
  if (megapixels <= maxMegapixels) return;
  throw new KindlingError(
    "too-large",
    `${name}: expected at most ${maxMegapixels} megapixels; got ${megapixels.toFixed(0)} (${width} x ${height}). Make it smaller, or use the kindling command.`,
  );
}

/** Reads all pixels, integers where the file has integers. */
function readWholePicture(unpacked: UnpackedPhoto): Picture {
  const { width, height, channels, stride, white } = unpacked;
  const length = width * height * channels;
  const samples =
    white === 1 ? new Float32Array(length) : white === 255 ? new Uint8Array(length) : new Uint16Array(length);
  for (let top = 0; top < height; top += stripRows) {
    const strip = unpacked.rows(top, Math.min(top + stripRows, height));
    let at = top * width * channels;
    for (let pixel = 0; pixel < strip.length; pixel += stride) {
      for (let c = 0; c < channels; c++) samples[at++] = strip[pixel + c];
    }
  }
  const size = { width, height, channels };
  return samples instanceof Float32Array ? { ...size, samples } : pictureOfIntegers({ ...size, samples });
}

async function unpackAny(bytes: Uint8Array, header: PhotoHeader, options: SourceOptions): Promise<UnpackedSource> {
  if (header.source) return unpackSource(header.source, bytes, options);
  return {
    unpacked: await unpackPhoto(bytes, header, options.name),
    // What comes with a GIF is at most a comment.
    metadata: header.type ? {} : await metadataReaders[header.format](bytes),
    notes: header.isCmyk ? ["converted from CMYK to sRGB"] : [],
  };
}

function assemblePhoto(
  picture: Picture,
  { format, source, depth, lossless, isCmyk }: PhotoHeader,
  { width, height, white }: UnpackedPhoto,
  { metadata: { icc, ...others }, notes: told }: Pick<UnpackedSource, "metadata" | "notes">,
): Photo {
  // A CMYK profile does not apply to the sRGB pixels.
  const found = isCmyk ? { ...others, coding: srgbCoding } : { ...others, ...(icc && { icc }) };
  const { notes, ...photo } = adoptFileMetadata(picture, found, { width, height });
  return {
    ...photo,
    format,
    ...(source && { source }),
    depth: white === 65535 ? 16 : depth,
    lossless,
    notes: [...told, ...notes],
  };
}

const metadataReaders: Readonly<Record<PhotoFormat, (bytes: Uint8Array) => FileMetadata | Promise<FileMetadata>>> = {
  jpeg: metadataOfJpeg,
  png: (bytes) => metadataOfPng(bytes, inflate),
  webp: metadataOfWebp,
  avif: metadataOfAvif,
  tiff: metadataOfTiff,
};

async function inflate(zlib: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([zlib as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
