import type { Picture } from "@kindling/core";
import { integersOfPicture, pictureOfIntegers } from "@kindling/core/internal";

// Frames travel between ffmpeg and this program as RGB of 16 bits a channel, the least significant byte first.

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Bytes of a frame. */
export function bytesOfFrame(width: number, height: number): number {
  return width * height * 6;
}

/** Copies a frame out of its bytes, which must begin at an even place of their buffer. */
export function unpackFrame(bytes: Buffer, width: number, height: number): Picture {
  if (!isLittleEndian) bytes.swap16();
  const samples = new Uint16Array(bytes.buffer, bytes.byteOffset, width * height * 3).slice();
  return pictureOfIntegers({ width, height, channels: 3, samples });
}

/** Writes a frame of three channels. */
export function packPicture(picture: Picture): Buffer {
  const { buffer, byteOffset, byteLength } = integersOfPicture(picture, 16).samples;
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  return isLittleEndian ? bytes : bytes.swap16();
}
