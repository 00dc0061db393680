import { KindlingError } from "../errors.ts";
import { asciiBytes, concatBytes, hasAscii, viewOf } from "./byte-list.ts";
import { withoutExifPrefix } from "./exif-statements.ts";
import { fitMetadata } from "./fit-metadata.ts";
import type { EmbeddedFile, FileMetadata, PhotoMetadata } from "./photo-metadata.ts";

const flags = { icc: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const;

interface RiffChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/**
 * Puts metadata into an encoded still WebP that has none, turning the simple layout into the extended one where needed.
 * WebP has no place for IPTC: what it cannot hold is named as left out.
 *
 * Source: WebP container specification (RFC 9649).
 *
 * @throws {KindlingError} `internal` if the bytes are not a WebP.
 */
export function embedInWebp(bytes: Uint8Array, given: PhotoMetadata): EmbeddedFile {
  const chunks = webpChunks(bytes);
  if (chunks.length === 0) throw new KindlingError("internal", "Not a WebP to put metadata into.");
  const images = chunks.filter(({ type }) => ["VP8 ", "VP8L", "ALPH"].includes(type));
  const { metadata, leftOut } = fitMetadata("webp", given);
  const { icc, exif, xmp } = metadata;
  const body: Uint8Array[] = [];
  // Alpha in a chunk of its own belongs to the extended layout, metadata or not: readers refuse it without the header.
  if (icc || exif || xmp || images.some(({ type }) => type === "ALPH")) {
    const header = extendedHeader(chunks);
    header[0] = (header[0] ?? 0) | (icc ? flags.icc : 0) | (exif ? flags.exif : 0) | (xmp ? flags.xmp : 0);
    body.push(riffChunk("VP8X", header));
  }
  if (icc) body.push(riffChunk("ICCP", icc));
  for (const image of images) body.push(riffChunk(image.type, image.data));
  if (exif) body.push(riffChunk("EXIF", exif));
  if (xmp) body.push(riffChunk("XMP ", xmp));
  return {
    bytes: riffChunk("RIFF", concatBytes(asciiBytes("WEBP"), ...body)),
    leftOut,
  };
}

/** The metadata a WebP carries, as `embedInWebp` writes them. */
export function metadataOfWebp(bytes: Uint8Array): FileMetadata {
  const chunks = webpChunks(bytes);
  const dataOf = (type: string) => chunks.find((chunk) => chunk.type === type)?.data.slice();
  const [icc, exif, xmp] = [dataOf("ICCP"), dataOf("EXIF"), dataOf("XMP ")];
  // Some writers put JPEG's prefix before the Exif.
  const plainExif = exif && withoutExifPrefix(exif);
  return { ...(plainExif && { exif: plainExif }), ...(icc && { icc }), ...(xmp && { xmp }) };
}

/** Whether a WebP file holds its picture without loss. */
export function isLosslessWebp(bytes: Uint8Array): boolean {
  return webpChunks(bytes).some(({ type }) => type === "VP8L");
}

function webpChunks(bytes: Uint8Array): RiffChunk[] {
  if (!hasAscii(bytes, 0, "RIFF") || !hasAscii(bytes, 8, "WEBP")) return [];
  const view = viewOf(bytes);
  const chunks: RiffChunk[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    chunks.push({ type, data: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size & 1);
  }
  return chunks;
}

/** Ten bytes: flags, three reserved, then width - 1 and height - 1 as 24-bit numbers. */
function extendedHeader(chunks: readonly RiffChunk[]): Uint8Array {
  const header = new Uint8Array(10);
  const known = chunks.find(({ type }) => type === "VP8X");
  if (known) {
    header.set(known.data.subarray(0, header.length));
    // Chromium writes a profile of its own, which is left out, and so must be the flag that claims it.
    header[0] &= flags.alpha;
    return header;
  }
  const image = chunks.find(({ type }) => type === "VP8 " || type === "VP8L");
  if (!image) throw new KindlingError("internal", "A WebP without a picture to put metadata into.");
  const view = viewOf(image.data);
  let width: number;
  let height: number;
  if (image.type === "VP8L") {
    const bits = view.getUint32(1, true);
    width = bits & 0x3fff;
    height = (bits >>> 14) & 0x3fff;
    if ((bits >>> 28) & 1) header[0] = flags.alpha;
  } else {
    width = (view.getUint16(6, true) & 0x3fff) - 1;
    height = (view.getUint16(8, true) & 0x3fff) - 1;
  }
  header.set([width & 0xff, width >> 8, 0, height & 0xff, height >> 8, 0], 4);
  return header;
}

function riffChunk(type: string, data: Uint8Array): Uint8Array {
  const head = concatBytes(asciiBytes(type), new Uint8Array(4));
  viewOf(head).setUint32(4, data.length, true);
  return concatBytes(head, data, new Uint8Array(data.length & 1));
}
