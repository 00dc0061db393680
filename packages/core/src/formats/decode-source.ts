import type { PhotoFormat, SourceFormat } from "../image/photo.ts";
import { decodeBmp } from "./bmp.ts";
import { decodeHeif, type LibHeif } from "./decode-heif.ts";
import { decodeJxl, type LibJxl } from "./decode-jxl.ts";
import type { DecodedSource, SourceOptions } from "./decoded-source.ts";
import { developRaw } from "./develop-raw.ts";
import type { LoadLibRaw } from "./libraw.ts";

/** Ports to the decoders in WebAssembly, each loaded when a file needs it. */
export interface SourceDecoders {
  readonly loadLibRaw: LoadLibRaw;
  readonly loadLibHeif: () => Promise<LibHeif>;
  readonly loadLibJxl: () => Promise<LibJxl>;
}

/** Formats that files of these kinds are written in unless another is chosen. */
export const formatOfSource: Readonly<Record<SourceFormat, PhotoFormat>> = {
  raw: "jpeg",
  heic: "jpeg",
  jxl: "jpeg",
  bmp: "png",
};

/** What these kinds are called in messages. */
export const sourceNames: Readonly<Record<SourceFormat, string>> = {
  raw: "raw",
  heic: "HEIC",
  jxl: "JPEG XL",
  bmp: "BMP",
};

/**
 * Decodes a file of a kind that photos are only read from.
 *
 * @throws {KindlingError} `damaged` or `unsupported`, with the file's name, and what `requireSize` throws.
 */
export async function decodeSource(
  format: SourceFormat,
  bytes: Uint8Array,
  options: SourceOptions,
  { loadLibRaw, loadLibHeif, loadLibJxl }: SourceDecoders,
): Promise<DecodedSource> {
  if (format === "raw") return developRaw(loadLibRaw, bytes, options);
  if (format === "heic") return decodeHeif(loadLibHeif, bytes, options);
  return format === "jxl" ? decodeJxl(loadLibJxl, bytes, options) : decodeBmp(bytes, options);
}
