import { KindlingError } from "../errors.ts";
import { asciiBytes, concatBytes, hasAscii, viewOf } from "./byte-list.ts";
import { resolutionOf } from "./exif-statements.ts";
import { extensionOfXmp } from "./extended-xmp.ts";
import { fitMetadata } from "./fit-metadata.ts";
import { headSegments, jpegSegment, maxPayload, trailerOfJpeg } from "./jpeg-segments.ts";
import { readTrailer } from "./jpeg-trailer.ts";
import type { EmbeddedFile, FileMetadata, MetadataPart, PhotoMetadata, Resolution } from "./photo-metadata.ts";

const exifPrefix = asciiBytes("Exif\0\0");
const xmpPrefix = asciiBytes("http://ns.adobe.com/xap/1.0/\0");
const extensionPrefix = asciiBytes("http://ns.adobe.com/xmp/extension/\0");
const iccPrefix = asciiBytes("ICC_PROFILE\0");
const photoshopPrefix = asciiBytes("Photoshop 3.0\0");
/** Source: ISO 21496-1, annex C. */
const gainMapPrefix = asciiBytes("urn:iso:std:iso:ts:21496:-1\0");
const jfifPrefix = asciiBytes("JFIF\0");

/** Identifier, length of the whole and place in it, before each piece of extended XMP. */
const extensionHeadBytes = 32 + 4 + 4;

/**
 * Puts metadata into an encoded JPEG that has none.
 *
 * Exif goes into one APP1 segment and is left out, and named, where it exceeds its 64 kB; the colour profile and larger
 * XMP are split over as many segments as they need; IPTC goes into a Photoshop resource in APP13,
 * the resolution into JFIF, a motion photo's video behind the picture.
 * Sources: CIPA DC-008 (Exif), ISO 16684-1 and XMP part 3, ICC.1 annex B, IPTC-IIM 4.2, JFIF 1.02.
 *
 * @throws {KindlingError} `internal` if the bytes are not a JPEG.
 */
export function embedInJpeg(bytes: Uint8Array, given: PhotoMetadata): EmbeddedFile {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new KindlingError("internal", "Not a JPEG to put metadata into.");
  const { metadata, leftOut: unfit } = fitMetadata("jpeg", given);
  const { exif, xmp, extendedXmp, icc, iptc, video } = metadata;
  const segments: Uint8Array[] = [];
  const leftOut: MetadataPart[] = [...unfit];
  const single = (part: MetadataPart, marker: number, payload: Uint8Array) => {
    if (payload.length > maxPayload) leftOut.push(part);
    else segments.push(jpegSegment(marker, payload));
  };
  if (exif) single("exif", 0xe1, concatBytes(exifPrefix, exif));
  if (xmp) single("xmp", 0xe1, concatBytes(xmpPrefix, xmp));
  if (xmp && extendedXmp && !leftOut.includes("xmp")) segments.push(...extensionSegments(xmp, extendedXmp));
  if (icc) segments.push(...iccSegments(icc));
  if (iptc) single("iptc", 0xed, concatBytes(photoshopPrefix, photoshopResource(iptc)));
  const headEnd = afterJfif(bytes);
  const head = withResolution(bytes.subarray(0, headEnd), metadata.resolution);
  return { bytes: concatBytes(head, ...segments, bytes.subarray(headEnd), video ?? new Uint8Array(0)), leftOut };
}

/** The metadata a JPEG carries; what is damaged or not there is left out. */
export function metadataOfJpeg(bytes: Uint8Array): FileMetadata {
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  let iptc: Uint8Array | undefined;
  let resolution: Resolution | undefined;
  let hasGainMap = false;
  const profile: Uint8Array[] = [];
  const extensions: Uint8Array[] = [];
  for (const { marker, payload } of headSegments(bytes)) {
    if (marker === 0xe0 && startsWith(payload, jfifPrefix)) resolution ??= jfifResolution(payload);
    if (marker === 0xe1 && startsWith(payload, exifPrefix)) exif ??= payload.slice(exifPrefix.length);
    if (marker === 0xe1 && startsWith(payload, xmpPrefix)) xmp ??= payload.slice(xmpPrefix.length);
    if (marker === 0xe1 && startsWith(payload, extensionPrefix)) {
      extensions.push(payload.subarray(extensionPrefix.length));
    }
    // The two bytes behind the prefix number the parts of the profile; they come in order.
    if (marker === 0xe2 && startsWith(payload, iccPrefix)) profile.push(payload.subarray(iccPrefix.length + 2));
    hasGainMap ||= marker === 0xe2 && startsWith(payload, gainMapPrefix);
    if (marker === 0xed) iptc ??= iptcOfPhotoshopBlock(payload);
  }
  const icc = profile.length > 0 ? concatBytes(...profile) : undefined;
  const extendedXmp = xmp && extendedXmpOf(extensions, extensionOfXmp(xmp));
  return {
    ...(exif && { exif }),
    ...(icc && { icc }),
    ...(xmp && { xmp }),
    ...(extendedXmp && { extendedXmp }),
    ...(iptc && { iptc }),
    ...(resolution && { resolution }),
    ...readTrailer(trailerOfJpeg(bytes), xmp, hasGainMap),
  };
}

/** Pieces of one whole in the order of their places; nothing where one is missing. */
function extendedXmpOf(pieces: readonly Uint8Array[], identifier: string | undefined): Uint8Array | undefined {
  const own = pieces
    .filter((piece) => identifier && piece.length > extensionHeadBytes && hasAscii(piece, 0, identifier))
    .map((piece) => ({ at: viewOf(piece).getUint32(36), piece }))
    .sort((a, b) => a.at - b.at);
  if (!own[0]) return undefined;
  const whole = concatBytes(...own.map(({ piece }) => piece.subarray(extensionHeadBytes)));
  return whole.length === viewOf(own[0].piece).getUint32(32) ? whole : undefined;
}

/** Readers compare identifiers and do not check that they are digests, so an edited rest keeps its own. */
function extensionSegments(xmp: Uint8Array, rest: Uint8Array): Uint8Array[] {
  const identifier = extensionOfXmp(xmp);
  if (!identifier) return [];
  const room = maxPayload - extensionPrefix.length - extensionHeadBytes;
  return Array.from({ length: Math.ceil(rest.length / room) }, (_, i) => {
    const place = new Uint8Array(8);
    viewOf(place).setUint32(0, rest.length);
    viewOf(place).setUint32(4, i * room);
    const piece = rest.subarray(i * room, (i + 1) * room);
    return jpegSegment(0xe1, extensionPrefix, asciiBytes(identifier), place, piece);
  });
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, i) => bytes[i] === byte);
}

/**
 * The IPTC data sets inside a Photoshop resource block (`8BIM`, resource 0x0404), with or without the
 * `Photoshop 3.0` prefix of JPEG; nothing where it holds none or is damaged.
 */
export function iptcOfPhotoshopBlock(block: Uint8Array): Uint8Array | undefined {
  const view = viewOf(block);
  let at = hasAscii(block, 0, "Photoshop 3.0\0") ? photoshopPrefix.length : 0;
  while (hasAscii(block, at, "8BIM") && at + 12 <= block.length) {
    const resource = view.getUint16(at + 4);
    // The resource's name is a length byte and its characters, padded to an even number of bytes.
    const dataAt = at + 6 + ((1 + (block[at + 6] ?? 0) + 1) & ~1) + 4;
    if (dataAt > block.length) return undefined;
    const size = view.getUint32(dataAt - 4);
    if (resource === 0x0404) return dataAt + size <= block.length ? block.slice(dataAt, dataAt + size) : undefined;
    at = dataAt + size + (size & 1);
  }
  return undefined;
}

/** JFIF requires its APP0 first. */
function afterJfif(bytes: Uint8Array): number {
  const hasApp0 = bytes[2] === 0xff && bytes[3] === 0xe0;
  return hasApp0 ? 4 + viewOf(bytes).getUint16(4) : 2;
}

/** Density in JFIF: its unit (1 inch, 2 centimetre, 0 proportions only), then both numbers of 16 bits. */
function jfifResolution(payload: Uint8Array): Resolution | undefined {
  if (payload.length < 12) return undefined;
  const view = viewOf(payload);
  const unit = payload[7];
  return resolutionOf(view.getUint16(8), view.getUint16(10), unit === 2 ? 2.54 : 1, {
    isKnown: unit === 1 || unit === 2,
  });
}

/** Puts the resolution into JFIF; without one, what the encoder made up becomes a proportion of 1 to 1. */
function withResolution(head: Uint8Array, resolution: Resolution | undefined): Uint8Array {
  const density = new Uint8Array(5);
  density[0] = resolution ? 1 : 0;
  const { x, y } = resolution ?? { x: 1, y: 1 };
  viewOf(density).setUint16(1, Math.min(Math.round(x), 65535));
  viewOf(density).setUint16(3, Math.min(Math.round(y), 65535));
  const at = 2 + 4 + jfifPrefix.length + 2;
  if (hasAscii(head, 6, "JFIF\0") && head.length >= at + density.length) {
    return concatBytes(head.subarray(0, at), density, head.subarray(at + density.length));
  }
  if (!resolution) return head;
  const jfif = jpegSegment(0xe0, jfifPrefix, Uint8Array.of(1, 1), density, new Uint8Array(2));
  return concatBytes(head.subarray(0, 2), jfif, head.subarray(2));
}

function iccSegments(profile: Uint8Array): Uint8Array[] {
  const room = maxPayload - iccPrefix.length - 2;
  const count = Math.ceil(profile.length / room);
  return Array.from({ length: count }, (_, i) =>
    jpegSegment(0xe2, iccPrefix, Uint8Array.of(i + 1, count), profile.subarray(i * room, (i + 1) * room)),
  );
}

function photoshopResource(iptc: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  viewOf(size).setUint32(0, iptc.length);
  return concatBytes(asciiBytes("8BIM\x04\x04\0\0"), size, iptc, new Uint8Array(iptc.length & 1));
}
