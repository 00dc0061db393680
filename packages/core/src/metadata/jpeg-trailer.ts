import { hasAscii } from "./byte-list.ts";
import { type FileMetadata, gainMapNote } from "./photo-metadata.ts";
import { claimsOfXmp, type XmpClaims } from "./xmp-claims.ts";

/** Smaller remains are padding, or a maker's notes to itself. */
const leastBytes = 4096;

/** Begins the XMP of a gain map as Apple writes it. */
const appleMark = "http://ns.apple.com/HDRGainMap/";

/** Bytes of a picture behind the picture in which its XMP stands. */
const headBytes = 65536;

/**
 * What stands behind the picture of a JPEG: the video of a motion photo, which is kept; all else is left out, and told
 * unless it is a preview of the picture, which would show the photo before.
 *
 * The video is the end of the file, as long as XMP says; so the claim stays true where it ends another file.
 *
 * @param hasGainMap whether the picture itself says that a gain map is there.
 */
export function readTrailer(
  trailer: Uint8Array,
  xmp: Uint8Array | undefined,
  hasGainMap: boolean,
): Pick<FileMetadata, "video" | "notes"> {
  if (trailer.length === 0) return {};
  const claims = xmp && claimsOfXmp(xmp);
  const video = claims && videoAt(trailer, claims);
  const rest = trailer.subarray(0, trailer.length - (video?.length ?? 0));
  const notes = hasGainMap || claims?.gainMap || holds(rest, appleMark) ? [gainMapNote] : noteOf(rest);
  return { ...(video && { video }), ...(notes.length > 0 && { notes }) };
}

function videoAt(trailer: Uint8Array, { video, videoBytes }: XmpClaims): Uint8Array | undefined {
  if (!video || videoBytes === undefined || videoBytes > trailer.length) return undefined;
  const end = trailer.slice(trailer.length - videoBytes);
  return hasAscii(end, 4, "ftyp") ? end : undefined;
}

function holds(rest: Uint8Array, mark: string): boolean {
  const head = rest.subarray(0, headBytes);
  for (let at = head.indexOf(mark.charCodeAt(0)); at >= 0; at = head.indexOf(mark.charCodeAt(0), at + 1)) {
    if (hasAscii(head, at, mark)) return true;
  }
  return false;
}

function noteOf(rest: Uint8Array): string[] {
  const isPicture = rest[0] === 0xff && rest[1] === 0xd8;
  if (isPicture || rest.length < leastBytes) return [];
  return [`${Math.round(rest.length / 1024)} kB that stand behind the picture are left out`];
}
