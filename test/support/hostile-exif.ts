const exifTag = 0x8769;
const longType = 4;

/** Directories of entries that all point to all of them, to stand at `at`; little-endian. */
function fanOfDirectories(at: number, directories = 6, entries = 60): Buffer {
  const size = 2 + 12 * entries + 4;
  const bytes = Buffer.alloc(directories * size);
  for (let directory = 0; directory < directories; directory++) {
    const start = directory * size;
    bytes.writeUInt16LE(entries, start);
    for (let index = 0; index < entries; index++) {
      const entryAt = start + 2 + 12 * index;
      bytes.writeUInt16LE(exifTag, entryAt);
      bytes.writeUInt16LE(longType, entryAt + 2);
      bytes.writeUInt32LE(1, entryAt + 4);
      bytes.writeUInt32LE(at + (index % directories) * size, entryAt + 8);
    }
  }
  return bytes;
}

/** The JPEG with Exif whose directories point to one another: read one by one, there are 13 million. */
export function fanOfExif(jpeg: Buffer, directories?: number, entries?: number): Buffer {
  const exif = Buffer.concat([
    Buffer.from("Exif\0\0II*\0\x08\0\0\0", "latin1"),
    fanOfDirectories(8, directories, entries),
  ]);
  const marker = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)]);
}

/** The little-endian TIFF with an Exif directory of that kind: its first directory is written again behind it. */
export function fanOfTiff(tiff: Buffer): Buffer {
  const mainAt = tiff.readUInt32LE(4);
  const count = tiff.readUInt16LE(mainAt);
  const entry = Buffer.alloc(12);
  entry.writeUInt16LE(exifTag, 0);
  entry.writeUInt16LE(longType, 2);
  entry.writeUInt32LE(1, 4);
  const fanAt = tiff.length + (tiff.length & 1);
  entry.writeUInt32LE(fanAt, 8);
  const entries = Array.from({ length: count }, (_, i) => tiff.subarray(mainAt + 2 + 12 * i, mainAt + 14 + 12 * i));
  const sorted = [...entries, entry].sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0));
  const fan = fanOfDirectories(fanAt);
  const head = Buffer.alloc(2);
  head.writeUInt16LE(count + 1);
  const whole = Buffer.concat([tiff, Buffer.alloc(tiff.length & 1), fan, head, ...sorted, Buffer.alloc(4)]);
  whole.writeUInt32LE(fanAt + fan.length, 4);
  return whole;
}
