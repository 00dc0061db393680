import { KindlingError } from "../errors.ts";
import { asciiBytes, concatBytes, hasAscii, viewOf } from "./byte-list.ts";
import { resolutionOf, withoutExifPrefix } from "./exif-statements.ts";
import { fitMetadata } from "./fit-metadata.ts";
import { iptcOfPhotoshopBlock } from "./jpeg.ts";
import type { EmbeddedFile, FileMetadata, PhotoMetadata, Resolution } from "./photo-metadata.ts";
import { pngChunk, pngChunks, signatureBytes, storeAsZlib } from "./png-chunks.ts";
import { codingOfPng } from "./png-coding.ts";
import { type Inflate, rawProfileOf, readPngText, unpackPngText, xmpKeyword } from "./png-text.ts";

const metresPerInch = 0.0254;

/**
 * Puts metadata into an encoded PNG that has none: `iCCP`, `pHYs`, `eXIf`, `iTXt` with the XMP keyword, texts as they
 * came, and for IPTC the `Raw profile type iptc` text that ImageMagick and ExifTool agree on, all before the pixels.
 *
 * Source: PNG third edition (W3C), XMP part 3.
 *
 * @throws {KindlingError} `internal` if the bytes are not a PNG.
 */
export function embedInPng(bytes: Uint8Array, given: PhotoMetadata): EmbeddedFile {
  if (!hasAscii(bytes, 1, "PNG\r\n") || !hasAscii(bytes, signatureBytes + 4, "IHDR")) {
    throw new KindlingError("internal", "Not a PNG to put metadata into.");
  }
  const { metadata, leftOut } = fitMetadata("png", given);
  const { icc, resolution, exif, xmp, iptc, text = [] } = metadata;
  const chunks: Uint8Array[] = [];
  if (icc) chunks.push(pngChunk("iCCP", asciiBytes("icc\0\0"), storeAsZlib(icc)));
  if (resolution) chunks.push(pngChunk("pHYs", densityOf(resolution)));
  if (exif) chunks.push(pngChunk("eXIf", exif));
  // Uncompressed, with neither language nor translation.
  if (xmp) chunks.push(pngChunk("iTXt", asciiBytes(`${xmpKeyword}\0\0\0\0\0`), xmp));
  if (iptc) chunks.push(pngChunk("tEXt", asciiBytes(`Raw profile type iptc\0${hexProfile(iptc)}`)));
  for (const { type, data } of text) chunks.push(pngChunk(type, data));
  const headEnd = signatureBytes + 25;
  const rest = withoutDensity(bytes.subarray(headEnd));
  return { bytes: concatBytes(bytes.subarray(0, headEnd), ...chunks, rest), leftOut };
}

/**
 * The metadata a PNG carries; what is damaged is left out.
 *
 * @param inflate undoes zlib, which a profile is always packed with: core carries no compressor.
 */
export async function metadataOfPng(bytes: Uint8Array, inflate: Inflate): Promise<FileMetadata> {
  const chunks = pngChunks(bytes);
  const dataOf = (type: string) => chunks.find((chunk) => chunk.type === type)?.data;
  const unpacked = await Promise.all(chunks.map((chunk) => unpackPngText(chunk, inflate)));
  const texts = unpacked.filter((text) => text !== undefined);
  const profiles = texts.map(rawProfileOf).filter((profile) => profile !== undefined);
  const profile = (...kinds: string[]) => profiles.find(({ kind }) => kinds.includes(kind))?.bytes;

  const exif = dataOf("eXIf")?.slice() ?? withPrefixOff(profile("exif", "APP1"));
  const packed = dataOf("iCCP");
  const { coding, outranksProfile } = codingOfPng(chunks);
  // The profile's name, a zero and the one method of compression there is.
  const unpack = () => packed && inflate(packed.subarray(packed.indexOf(0) + 2)).catch(() => undefined);
  const icc = outranksProfile ? undefined : await unpack();
  const xmp = texts.find(({ keyword }) => keyword === xmpKeyword)?.bytes ?? profile("xmp");
  const block = profile("iptc", "8bim");
  const iptc = block && (iptcOfPhotoshopBlock(block) ?? block);
  const resolution = resolutionOfDensity(dataOf("pHYs"));
  const text = texts
    .filter((entry) => entry.keyword !== xmpKeyword && !entry.keyword.startsWith("Raw profile type "))
    .map(readPngText);
  return {
    ...(exif && { exif }),
    ...(icc && { icc }),
    ...(coding && { coding }),
    ...(xmp && { xmp }),
    ...(iptc && { iptc }),
    ...(resolution && { resolution }),
    ...(text.length > 0 && { text }),
  };
}

function withPrefixOff(exif: Uint8Array | undefined): Uint8Array | undefined {
  return exif && withoutExifPrefix(exif);
}

function hexProfile(data: Uint8Array): string {
  const hex = Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `\niptc\n${String(data.length).padStart(8)}\n${hex}\n`;
}

/** Pixels per metre along and across, then the unit. */
function densityOf({ x, y }: Resolution): Uint8Array {
  const data = new Uint8Array(9);
  viewOf(data).setUint32(0, Math.round(x / metresPerInch));
  viewOf(data).setUint32(4, Math.round(y / metresPerInch));
  data[8] = 1;
  return data;
}

function resolutionOfDensity(data: Uint8Array | undefined): Resolution | undefined {
  if (!data || data.length < 9) return undefined;
  const view = viewOf(data);
  return resolutionOf(view.getUint32(0), view.getUint32(4), metresPerInch, { isKnown: data[8] === 1 });
}

/** Takes out the density that an encoder made up. */
function withoutDensity(rest: Uint8Array): Uint8Array {
  const view = viewOf(rest);
  for (let at = 0; at + 12 <= rest.length && !hasAscii(rest, at + 4, "IDAT"); at += 12 + view.getUint32(at)) {
    if (!hasAscii(rest, at + 4, "pHYs")) continue;
    return concatBytes(rest.subarray(0, at), rest.subarray(at + 12 + view.getUint32(at)));
  }
  return rest;
}
