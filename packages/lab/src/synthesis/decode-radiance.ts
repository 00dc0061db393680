import { createPicture, KindlingError } from "@kindling/core";
import type { LinearPicture } from "./scene-of-photo.ts";

/** Pixels that a file may claim; more than any panorama has. */
const mostPixels = 1 << 28;

/**
 * Decodes a Radiance picture (`.hdr`, RGBE): light without an upper limit, in units of its own.
 *
 * Rows run from the top and pixels from the left (`-Y <height> +X <width>`), as nearly all files have them. Both runs of
 * equal bytes and flat pixels are read; the old form of runs, which no program has written since 1991, is not. Source:
 * Ward, "Real Pixels", Graphics Gems II, 1991; the format's description in the manual of Radiance.
 *
 * @param name of the file, for messages.
 * @returns an RGB picture in linear light.
 * @throws {KindlingError} `not-a-photo` where the bytes are of another format; `unsupported` for XYZE and other orders of
 * rows; `too-large`; `damaged` where they end too early.
 * @example
 * declare const bytes: Uint8Array;
 * const panorama = decodeRadiance(bytes, "hall.hdr");
 */
export function decodeRadiance(bytes: Uint8Array, name: string): LinearPicture {
  const { width, height, start } = readHeader(bytes, name);
  const picture = createPicture(width, height, 3);
  const row = new Uint8Array(4 * width);
  let at = start;
  for (let y = 0; y < height; y++) {
    at = readRow(bytes, at, row, width, name);
    for (let x = 0, to = y * width * 3; x < width; x++, to += 3) {
      const exponent = row[3 * width + x];
      // 136 = 128, the exponent of 1, plus the 8 bits of a mantissa.
      const unit = exponent === 0 ? 0 : 2 ** (exponent - 136);
      for (let c = 0; c < 3; c++) picture.samples[to + c] = row[c * width + x] * unit;
    }
  }
  return picture;
}

function readHeader(bytes: Uint8Array, name: string): { width: number; height: number; start: number } {
  let text = "";
  let start = 0;
  // The line of the size follows the first empty one.
  for (let isSize = false; start < Math.min(bytes.length, 65536); ) {
    const end = bytes.indexOf(10, start);
    if (end < 0) break;
    const line = String.fromCharCode(...bytes.subarray(start, end)).trim();
    start = end + 1;
    if (isSize) return { ...readSize(line, name), start };
    if (text === "" && !/^#\?(RADIANCE|RGBE)/.test(line)) break;
    if (/^FORMAT=/.test(line) && line !== "FORMAT=32-bit_rle_rgbe") {
      throw new KindlingError("unsupported", `${name}: ${line}. Convert it to a Radiance picture of 32-bit_rle_rgbe.`);
    }
    text += line;
    isSize = line === "";
  }
  throw new KindlingError("not-a-photo", `${name}: not a Radiance picture. Give a panorama in a .hdr file.`);
}

function readSize(line: string, name: string): { width: number; height: number } {
  const numbers = /^-Y (\d+) \+X (\d+)$/.exec(line);
  const [height, width] = [Number(numbers?.[1]), Number(numbers?.[2])];
  if (!numbers || width * height === 0) {
    throw new KindlingError("unsupported", `${name}: its size is "${line}"; expected "-Y height +X width".`);
  }
  if (width * height > mostPixels) {
    throw new KindlingError("too-large", `${name}: ${width} x ${height} pixels; at most ${mostPixels} are read.`);
  }
  return { width, height };
}

/** Reads a row into four runs of its red, green, blue and exponent bytes; returns where the next one begins. */
function readRow(bytes: Uint8Array, start: number, row: Uint8Array, width: number, name: string): number {
  let at = start;
  const next = () => {
    if (at < bytes.length) return bytes[at++];
    throw new KindlingError("damaged", `${name}: its data end too early. Fetch the file again.`);
  };
  const isPacked =
    bytes[at] === 2 && bytes[at + 1] === 2 && bytes[at + 2] * 256 + bytes[at + 3] === width && width >= 8;
  if (!isPacked) {
    for (let x = 0; x < width; x++) for (let c = 0; c < 4; c++) row[c * width + x] = next();
    return at;
  }
  at += 4;
  for (let c = 0; c < 4; c++) {
    const end = (c + 1) * width;
    for (let to = c * width; to < end; ) {
      const code = next();
      const count = code > 128 ? code - 128 : code;
      if (count === 0 || to + count > end) {
        throw new KindlingError("damaged", `${name}: a run of its data is longer than its row. Fetch the file again.`);
      }
      if (code > 128) row.fill(next(), to, to + count);
      else for (let k = 0; k < count; k++) row[to + k] = next();
      to += count;
    }
  }
  return at;
}
