import { KindlingError } from "@kindling/core";
import type { IntegerPixels } from "@kindling/core/internal";
import { decode } from "bmp-ts";

/** Whether the bytes begin like a Windows bitmap. */
export function isBmp(bytes: Uint8Array): boolean {
  return bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length >= 26;
}

/** Width and height written in a bitmap's header; a height counted upwards is given as a positive number. */
export function bmpSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) };
}

/**
 * Decodes a Windows bitmap to RGB, because sharp's libvips has no reader for it.
 *
 * @throws {KindlingError} `damaged` if it is cut short or malformed.
 */
export function decodeBmp(bytes: Uint8Array, name: string): IntegerPixels {
  try {
    const { width, height, data } = decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const samples = new Uint8Array(width * height * 3);
    // The decoder gives four bytes a pixel: alpha, blue, green, red.
    for (let from = 0, to = 0; to < samples.length; from += 4, to += 3) {
      samples[to] = data[from + 3] ?? 0;
      samples[to + 1] = data[from + 2] ?? 0;
      samples[to + 2] = data[from + 1] ?? 0;
    }
    return { width, height, channels: 3, samples };
  } catch (cause) {
    throw new KindlingError("damaged", `${name}: the bitmap is damaged or cut short. Copy it again from its source.`, {
      cause,
    });
  }
}
