import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "@kindling/core";
import { writePhoto } from "@kindling/node";
import sharp from "sharp";
import { fanOfExif, fanOfTiff } from "../support/hostile-exif.ts";
import { sampleMetadata, samplePicture } from "../support/sample-photo.ts";

/** A malformed file: its name tells its number, its format and what was done to it. */
export interface MalformedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Sound files that the malformed ones are made from, by the ending of their format. */
async function soundFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const metadata = await sampleMetadata(6);
  for (const [ending, depth] of [
    ["jpg", 8],
    ["png", 16],
    ["webp", 8],
    ["avif", 8],
    ["tif", 16],
  ] as const) {
    const path = join(folder, `sound.${ending}`);
    const picture = samplePicture(48, 32, ending === "png" ? 4 : 3, depth);
    await writePhoto({ picture, metadata, format: "png", depth, lossless: true, notes: [] }, path);
    files.set(ending, readFileSync(path));
  }
  const plain = sharp({ create: { width: 32, height: 24, channels: 3, background: "#321" } });
  files.set("jpeg", fanOfExif(await plain.jpeg({ progressive: true }).toBuffer()));
  files.set("tiff", fanOfTiff(await plain.tiff({ compression: "lzw" }).toBuffer()));
  files.set("gif", await plain.gif().toBuffer());
  files.set("bmp", bitmap(20, 10));
  return files;
}

/** A bitmap of 24 bits a pixel. */
function bitmap(width: number, height: number): Buffer {
  const rowBytes = Math.ceil((3 * width) / 4) * 4;
  const bytes = Buffer.alloc(54 + rowBytes * height, 60);
  bytes.fill(0, 0, 54);
  bytes.write("BM");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

type Damage = (bytes: Buffer, place: (end: number) => number, other: Buffer) => Buffer;

/** What is done to a file; `place(n)` draws a whole number below n. */
const damages: Readonly<Record<string, Damage>> = {
  cut: (bytes, place) => bytes.subarray(0, place(bytes.length)),
  bits: (bytes, place) => {
    for (let count = 1 + place(8); count > 0; count--) bytes[place(bytes.length)]! ^= 1 << place(8);
    return bytes;
  },
  header: (bytes, place) => {
    for (let count = 1 + place(4); count > 0; count--) bytes[place(Math.min(200, bytes.length))] = place(256);
    return bytes;
  },
  extreme: (bytes, place) => bytes.fill(place(2) * 255, place(bytes.length)).subarray(0, bytes.length),
  number: (bytes, place) => {
    const extremes = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x10000];
    const value = extremes[place(extremes.length)]!;
    const at = place(Math.min(400, bytes.length - 4));
    if (place(2)) bytes.writeUInt32BE(value, at);
    else bytes.writeUInt32LE(value, at);
    return bytes;
  },
  repeated: (bytes, place) => {
    const at = place(bytes.length);
    const part = bytes.subarray(at, at + 1 + place(400));
    return Buffer.concat([bytes.subarray(0, at), ...Array(1 + place(40)).fill(part), bytes.subarray(at)]);
  },
  hole: (bytes, place) => {
    const at = place(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + place(100))]);
  },
  spliced: (bytes, place, other) =>
    Buffer.concat([bytes.subarray(0, place(bytes.length)), other.subarray(place(other.length))]),
  noise: (bytes, place) =>
    Buffer.concat([
      bytes.subarray(0, 4 + place(20)),
      Buffer.from(Array.from({ length: place(600) }, () => place(256))),
    ]),
};

/** Makes malformed files over all formats, the same for a seed on every machine. */
export async function malformedFiles(count: number, seed: number, folder: string): Promise<MalformedFile[]> {
  const random = createRandom(seed, "malformed files");
  const place = (end: number) => Math.floor(random() * Math.max(1, end));
  const sound = [...(await soundFiles(folder))];
  const kinds = Object.entries(damages);
  return Array.from({ length: count }, (_, index) => {
    const [ending, bytes] = sound[index % sound.length]!;
    const [kind, damage] = kinds[place(kinds.length)]!;
    const [, other] = sound[place(sound.length)]!;
    return {
      name: `${String(index).padStart(4, "0")}-${kind}.${ending}`,
      bytes: damage(Buffer.from(bytes), place, other),
    };
  });
}
