import { KindlingError } from "../errors.ts";
import { asciiBytes, concatBytes, hasAscii, viewOf } from "./byte-list.ts";
import type { EmbeddedFile, MetadataPart, PhotoMetadata } from "./photo-metadata.ts";

/** Most bytes one JPEG segment can carry after its two length bytes. */
const maxPayload = 65533;

const exifPrefix = asciiBytes("Exif\0\0");
const xmpPrefix = asciiBytes("http://ns.adobe.com/xap/1.0/\0");
const iccPrefix = asciiBytes("ICC_PROFILE\0");
const photoshopPrefix = asciiBytes("Photoshop 3.0\0");

/**
 * Puts metadata into an encoded JPEG that has none.
 *
 * Exif and XMP go into one APP1 segment each and are left out, and named, where they exceed its 64 kB; the colour
 * profile is split over as many APP2 segments as it needs; IPTC goes into a Photoshop resource in APP13.
 * Sources: CIPA DC-008 (Exif), ISO 16684-1 and XMP part 3, ICC.1 annex B, IPTC-IIM 4.2.
 *
 * @throws {KindlingError} `internal` if the bytes are not a JPEG.
 */
export function embedInJpeg(bytes: Uint8Array, metadata: PhotoMetadata): EmbeddedFile {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new KindlingError("internal", "Not a JPEG to put metadata into.");
  const segments: Uint8Array[] = [];
  const leftOut: MetadataPart[] = [];
  const single = (part: MetadataPart, marker: number, payload: Uint8Array) => {
    if (payload.length > maxPayload) leftOut.push(part);
    else segments.push(segment(marker, payload));
  };
  if (metadata.exif) single("exif", 0xe1, concatBytes(exifPrefix, metadata.exif));
  if (metadata.xmp) single("xmp", 0xe1, concatBytes(xmpPrefix, metadata.xmp));
  if (metadata.icc) segments.push(...iccSegments(metadata.icc));
  if (metadata.iptc) single("iptc", 0xed, concatBytes(photoshopPrefix, photoshopResource(metadata.iptc)));
  const headEnd = afterJfif(bytes);
  return { bytes: concatBytes(bytes.subarray(0, headEnd), ...segments, bytes.subarray(headEnd)), leftOut };
}

/**
 * The metadata a JPEG carries, as `embedInJpeg` writes them; what is damaged or not there is left out.
 *
 * XMP beyond its first segment (extended XMP) is not read.
 */
export function metadataOfJpeg(bytes: Uint8Array): PhotoMetadata {
  let exif: Uint8Array | undefined;
  let xmp: Uint8Array | undefined;
  let iptc: Uint8Array | undefined;
  const profile: Uint8Array[] = [];
  for (const { marker, payload } of headSegments(bytes)) {
    if (marker === 0xe1 && startsWith(payload, exifPrefix)) exif ??= payload.slice(exifPrefix.length);
    if (marker === 0xe1 && startsWith(payload, xmpPrefix)) xmp ??= payload.slice(xmpPrefix.length);
    // The two bytes behind the prefix number the parts of the profile; they come in order.
    if (marker === 0xe2 && startsWith(payload, iccPrefix)) profile.push(payload.subarray(iccPrefix.length + 2));
    if (marker === 0xed) iptc ??= iptcOfPhotoshopBlock(payload);
  }
  const icc = profile.length > 0 ? concatBytes(...profile) : undefined;
  return { ...(exif && { exif }), ...(icc && { icc }), ...(xmp && { xmp }), ...(iptc && { iptc }) };
}

/** The segments before the picture's scan begins. */
function* headSegments(bytes: Uint8Array): Generator<{ marker: number; payload: Uint8Array }> {
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const length = view.getUint16(at + 2);
    yield { marker: bytes[at + 1] ?? 0, payload: bytes.subarray(at + 4, at + 2 + length) };
    at += 2 + Math.max(length, 2);
  }
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

function segment(marker: number, payload: Uint8Array): Uint8Array {
  const length = payload.length + 2;
  return concatBytes(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), payload);
}

function iccSegments(profile: Uint8Array): Uint8Array[] {
  const room = maxPayload - iccPrefix.length - 2;
  const count = Math.ceil(profile.length / room);
  return Array.from({ length: count }, (_, i) =>
    segment(0xe2, concatBytes(iccPrefix, Uint8Array.of(i + 1, count), profile.subarray(i * room, (i + 1) * room))),
  );
}

function photoshopResource(iptc: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  viewOf(size).setUint32(0, iptc.length);
  return concatBytes(asciiBytes("8BIM\x04\x04\0\0"), size, iptc, new Uint8Array(iptc.length & 1));
}
