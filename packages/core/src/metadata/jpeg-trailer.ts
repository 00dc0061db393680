import { hasAscii } from "./byte-list.ts";
import type { FileMetadata } from "./photo-metadata.ts";
import { claimsOfXmp } from "./xmp-claims.ts";

/** Smaller remains are padding, or a maker's notes to itself. */
const leastBytes = 4096;

/**
 * What stands behind the picture of a JPEG: the video of a motion photo, which is kept; all else is left out, and told
 * unless it is a preview of the picture, which would show the photo before.
 *
 * The video is the end of the file, as long as XMP says; so the claim stays true where it ends another file.
 */
export function readTrailer(trailer: Uint8Array, xmp: Uint8Array | undefined): Pick<FileMetadata, "video" | "notes"> {
  if (trailer.length === 0 || !xmp) return noteOf(trailer, false);
  const claims = claimsOfXmp(xmp);
  const { videoBytes } = claims;
  if (!claims.video || videoBytes === undefined || videoBytes > trailer.length) return noteOf(trailer, claims.gainMap);
  const video = trailer.slice(trailer.length - videoBytes);
  if (!hasAscii(video, 4, "ftyp")) return noteOf(trailer, claims.gainMap);
  return { video, ...noteOf(trailer.subarray(0, trailer.length - videoBytes), claims.gainMap) };
}

function noteOf(rest: Uint8Array, isExplained: boolean): { notes?: readonly string[] } {
  const isPicture = rest[0] === 0xff && rest[1] === 0xd8;
  if (isExplained || isPicture || rest.length < leastBytes) return {};
  return { notes: [`${Math.round(rest.length / 1024)} kB that stand behind the picture are left out`] };
}
