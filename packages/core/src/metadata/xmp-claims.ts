import { applyCuts, editXmp, editXmpText, xmpElements, xmpNamespaces, xmpValue } from "./xmp.ts";

/**
 * XMP for a picture whose orientation has been applied: orientation and pixel counts are the picture's, previews of the
 * picture before are taken out.
 *
 * Source: Exif 2.3 metadata for XMP (CIPA DC-010); XMP part 1 (thumbnails).
 */
export function xmpOfUprightPicture(xmp: Uint8Array, width: number, height: number): Uint8Array {
  const { tiff, exif, xmp: basic } = xmpNamespaces;
  const values = new Map<string, string | null>([
    [`${tiff}Orientation`, "1"],
    [`${tiff}ImageWidth`, String(width)],
    [`${tiff}ImageLength`, String(height)],
    [`${exif}PixelXDimension`, String(width)],
    [`${exif}PixelYDimension`, String(height)],
    [`${basic}Thumbnails`, null],
  ]);
  return editXmp(xmp, (namespace, name) => values.get(namespace + name));
}

/** What XMP says to stand behind the picture. */
export interface XmpClaims {
  readonly gainMap: boolean;
  readonly video: boolean;
  /** Bytes of the video, to the end of the file; undefined where it is not told. */
  readonly videoBytes?: number | undefined;
}

/** Properties of a motion photo; makers other than Google repeat the names in namespaces of their own. */
const ofMotion = /^(?:MotionPhoto|MicroVideo)/;

/**
 * Reads what XMP claims to stand behind the picture.
 *
 * Sources: Motion Photo format 1.0 and Ultra HDR image format 1.1 (Android), Microvideo (its predecessor).
 */
export function claimsOfXmp(xmp: Uint8Array): XmpClaims {
  const text = new TextDecoder().decode(xmp);
  const items = directoryItems(text);
  const motion = items.find(({ semantic }) => semantic === "MotionPhoto");
  const camera = "http://ns.google.com/photos/1.0/camera/";
  const offset = motion?.length ?? xmpValue(text, camera, "MicroVideoOffset");
  let [gainMap, video] = [false, motion !== undefined];
  editXmpText(text, (namespace, name) => {
    gainMap ||= isOfGainMap(namespace);
    video ||= ofMotion.test(name);
    return undefined;
  });
  gainMap ||= items.some(({ semantic }) => semantic === "GainMap");
  const videoBytes = Number(offset);
  return { gainMap, video, ...(videoBytes > 0 && { videoBytes }) };
}

/** XMP without its claims of a gain map and of other pictures behind this one; the claim of a video stays. */
export function xmpWithoutGainMap(xmp: Uint8Array): Uint8Array {
  const stripped = editXmp(xmp, (namespace) => (isOfGainMap(namespace) ? null : undefined));
  return withoutItems(stripped, (semantic) => semantic !== "Primary" && semantic !== "MotionPhoto");
}

/** XMP without its claims of a video. */
export function xmpWithoutVideo(xmp: Uint8Array): Uint8Array {
  const stripped = editXmp(xmp, (_, name) => (ofMotion.test(name) ? null : undefined));
  return withoutItems(stripped, (semantic) => semantic === "MotionPhoto");
}

function isOfGainMap(namespace: string): boolean {
  return namespace === xmpNamespaces.gainMap || namespace === xmpNamespaces.appleGainMap;
}

interface DirectoryItem {
  readonly from: number;
  readonly to: number;
  readonly semantic: string | undefined;
  readonly length: string | undefined;
}

/** The pictures and videos that a file lists as its contents. */
function directoryItems(text: string): DirectoryItem[] {
  const { container, rdf } = xmpNamespaces;
  const [directory] = xmpElements(text, container, "Directory");
  if (!directory) return [];
  return xmpElements(text, rdf, "li").flatMap(({ from, to }) => {
    if (from < directory.from || to > directory.to) return [];
    const item = text.slice(from, to);
    const valueIn = (name: string) => {
      const pattern = new RegExp(`Item:${name}\\s*(?:=\\s*["']|>\\s*)([^"'<\\s]*)`);
      return pattern.exec(item)?.[1];
    };
    return [{ from, to, semantic: valueIn("Semantic"), length: valueIn("Length") }];
  });
}

/** A list that names nothing but the picture itself goes with its last entry. */
function withoutItems(xmp: Uint8Array, isRemoved: (semantic: string | undefined) => boolean): Uint8Array {
  const text = new TextDecoder().decode(xmp);
  const items = directoryItems(text);
  const removed = items.filter(({ semantic }) => isRemoved(semantic));
  const { container } = xmpNamespaces;
  if (removed.length === 0) return xmp;
  if (items.every((item) => item.semantic === "Primary" || removed.includes(item))) {
    return editXmp(xmp, (namespace, name) => (namespace === container && name === "Directory" ? null : undefined));
  }
  return new TextEncoder().encode(
    applyCuts(
      text,
      removed.map(({ from, to }) => ({ from, to, text: "" })),
    ),
  );
}
