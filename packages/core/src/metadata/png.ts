import { KindlingError } from "../errors.ts";
import { asciiBytes, concatBytes, hasAscii, viewOf } from "./byte-list.ts";
import type { EmbeddedFile, PhotoMetadata } from "./photo-metadata.ts";

const signatureBytes = 8;

/** Keyword of the XMP packet, uncompressed, with neither language nor translation. */
const xmpKeyword = "XML:com.adobe.xmp\0\0\0\0\0";

/**
 * Puts metadata into an encoded PNG that has none: `iCCP`, `eXIf`, `iTXt` with the XMP keyword, and for IPTC the
 * `Raw profile type iptc` text that ImageMagick and ExifTool agree on, all before the pixels.
 *
 * Source: PNG third edition (W3C), XMP part 3.
 *
 * @throws {KindlingError} `internal` if the bytes are not a PNG.
 */
export function embedInPng(bytes: Uint8Array, metadata: PhotoMetadata): EmbeddedFile {
  if (!hasAscii(bytes, 1, "PNG\r\n") || !hasAscii(bytes, signatureBytes + 4, "IHDR")) {
    throw new KindlingError("internal", "Not a PNG to put metadata into.");
  }
  const chunks: Uint8Array[] = [];
  if (metadata.icc) chunks.push(chunk("iCCP", asciiBytes("icc\0\0"), storeAsZlib(metadata.icc)));
  if (metadata.exif) chunks.push(chunk("eXIf", metadata.exif));
  if (metadata.xmp) chunks.push(chunk("iTXt", asciiBytes(xmpKeyword), metadata.xmp));
  if (metadata.iptc) chunks.push(chunk("tEXt", asciiBytes(`Raw profile type iptc\0${hexProfile(metadata.iptc)}`)));
  const headEnd = signatureBytes + 25;
  return { bytes: concatBytes(bytes.subarray(0, headEnd), ...chunks, bytes.subarray(headEnd)), leftOut: [] };
}

/**
 * The metadata a PNG carries, as `embedInPng` writes them; what is damaged, compressed XMP and IPTC is left out.
 *
 * @param inflate undoes zlib, which a profile is always packed with: core carries no compressor.
 */
export async function metadataOfPng(
  bytes: Uint8Array,
  inflate: (zlib: Uint8Array) => Promise<Uint8Array>,
): Promise<PhotoMetadata> {
  const chunks = new Map(headChunks(bytes).map(({ type, data }) => [type, data]));
  const exif = chunks.get("eXIf")?.slice();
  const packed = chunks.get("iCCP");
  // The profile's name, a zero and the one method of compression there is.
  const icc = packed && (await inflate(packed.subarray(packed.indexOf(0) + 2)).catch(() => undefined));
  const text = chunks.get("iTXt");
  const xmp = text && hasAscii(text, 0, xmpKeyword) ? text.slice(xmpKeyword.length) : undefined;
  return { ...(exif && { exif }), ...(icc && { icc }), ...(xmp && { xmp }) };
}

function headChunks(bytes: Uint8Array): { type: string; data: Uint8Array }[] {
  const view = viewOf(bytes);
  const chunks: { type: string; data: Uint8Array }[] = [];
  for (let at = signatureBytes; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const isXmp = type !== "iTXt" || hasAscii(bytes, at + 8, xmpKeyword);
    if (isXmp && at + 12 + length <= bytes.length) chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function hexProfile(data: Uint8Array): string {
  const hex = Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `\niptc\n${String(data.length).padStart(8)}\n${hex}\n`;
}

function chunk(type: string, ...data: readonly Uint8Array[]): Uint8Array {
  const body = concatBytes(asciiBytes(type), ...data);
  const framed = concatBytes(new Uint8Array(4), body, new Uint8Array(4));
  const view = viewOf(framed);
  view.setUint32(0, body.length - 4);
  view.setUint32(framed.length - 4, crc32(body));
  return framed;
}

/** A zlib stream of stored blocks: a colour profile is a few hundred bytes, and core carries no compressor. */
function storeAsZlib(data: Uint8Array): Uint8Array {
  const maxBlock = 65535;
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let at = 0; at < data.length || at === 0; at += maxBlock) {
    const block = data.subarray(at, at + maxBlock);
    const isLast = at + maxBlock >= data.length;
    const { length } = block;
    parts.push(Uint8Array.of(isLast ? 1 : 0, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff), block);
  }
  const check = new Uint8Array(4);
  viewOf(check).setUint32(0, adler32(data));
  return concatBytes(...parts, check);
}

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let remainder = index;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}
