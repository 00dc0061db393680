import type { SourceFormat } from "../image/photo.ts";
import { hasAscii, viewOf } from "../metadata/byte-list.ts";
import { isoBoxes } from "../metadata/iso-boxes.ts";
import { isRaw } from "./is-raw.ts";

/** Brands of HEIF files that are coded with HEVC. Source: ISO 23008-12, annex B. */
const hevcBrands = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);

/**
 * Tells by its first bytes whether a file is of a kind that photos are only read from; nothing for all others.
 *
 * @param name of the file: its ending decides where a raw looks like a TIFF or like nothing known.
 */
export function sourceFormatOf(bytes: Uint8Array, name: string): SourceFormat | undefined {
  if (hasAscii(bytes, 0, "BM") && bytes.length >= 26) return "bmp";
  if (isRaw(bytes, name)) return "raw";
  if (isHeic(bytes)) return "heic";
  return isJxl(bytes) ? "jxl" : undefined;
}

/** HEIF without a brand of AVIF counts too: what it is coded with, the decoder finds out. */
function isHeic(bytes: Uint8Array): boolean {
  if (!hasAscii(bytes, 4, "ftyp")) return false;
  // Files name a handful of brands; a hostile one may claim millions.
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length, 256);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) {
    // Behind the main brand stands its version.
    if (at !== 12) brands.push(String.fromCharCode(...bytes.subarray(at, at + 4)));
  }
  if (brands.some((brand) => hevcBrands.has(brand))) return true;
  const isHeif = brands.includes("mif1") || brands.includes("msf1");
  return isHeif && !brands.includes("avif") && !brands.includes("avis");
}

function isJxl(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0x0a) || isoBoxes(bytes.subarray(0, 12))[0]?.type === "JXL ";
}
