import type { PngText } from "./photo-metadata.ts";
import type { PngChunk } from "./png-chunks.ts";

/** Undoes zlib: core carries no compressor. Rejects what is damaged. */
export type Inflate = (zlib: Uint8Array) => Promise<Uint8Array>;

/** Keyword of the XMP packet. */
export const xmpKeyword = "XML:com.adobe.xmp";

/** A text of a PNG before its letters are read. */
export interface PackedText extends Pick<PngText, "keyword" | "type" | "data"> {
  readonly bytes: Uint8Array;
}

/**
 * Unpacks the text of a tEXt, zTXt or iTXt chunk; nothing where it is damaged. Source: PNG third edition, 11.3.3.
 */
export async function unpackPngText({ type, data }: PngChunk, inflate: Inflate): Promise<PackedText | undefined> {
  if (type !== "tEXt" && type !== "zTXt" && type !== "iTXt") return undefined;
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 1 || keywordEnd > 79) return undefined;
  const unpack = async (): Promise<Uint8Array | undefined> => {
    if (type === "tEXt") return data.slice(keywordEnd + 1);
    if (type === "zTXt") return inflate(data.subarray(keywordEnd + 2));
    const languageEnd = data.indexOf(0, keywordEnd + 3);
    const translationEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
    if (translationEnd < 0) return undefined;
    return data[keywordEnd + 1] === 1 ? inflate(data.subarray(translationEnd + 1)) : data.slice(translationEnd + 1);
  };
  const bytes = await unpack().catch(() => undefined);
  return bytes && { keyword: latin1(data.subarray(0, keywordEnd)), type, data: data.slice(), bytes };
}

/** The text with its letters read: UTF-8 in iTXt, Latin-1 in the others. */
export function readPngText({ bytes, ...text }: PackedText): PngText {
  return { ...text, text: text.type === "iTXt" ? new TextDecoder().decode(bytes) : latin1(bytes) };
}

/** Metadata that ImageMagick and ExifTool write as hexadecimal text; undefined for other texts. */
export function rawProfileOf(packed: PackedText): { kind: string; bytes: Uint8Array } | undefined {
  const kind = /^Raw profile type (.+)$/.exec(packed.keyword)?.[1];
  if (!kind) return undefined;
  // A name, the number of bytes, and their digits in lines.
  const [, , , ...lines] = latin1(packed.bytes).split("\n");
  const digits = lines.join("").replaceAll(/\s/g, "");
  const bytes = new Uint8Array(digits.length >> 1);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return { kind, bytes };
}

function latin1(bytes: Uint8Array): string {
  // Code points up to 255 are those of Latin-1; TextDecoder's latin1 would read Windows' letters.
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join("");
}
