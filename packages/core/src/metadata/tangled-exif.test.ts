import { expect, test } from "vitest";
import { cpuSeconds } from "../../../../test/support/cpu-seconds.ts";
import { fanOfExif } from "../../../../test/support/hostile-exif.ts";
import { sampleMetadata } from "../../../../test/support/sample-photo.ts";
import { withoutTangledExif } from "./tangled-exif.ts";

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);

test("Exif whose directories point to one another loses its byte-order mark, and nothing else changes", () => {
  const file = fanOfExif(jpeg);
  const mended = withoutTangledExif(file);
  const at = file.indexOf("II*\0");
  expect([...mended.subarray(at, at + 4)]).toEqual([0, 0, 0, 0]);
  expect(Buffer.from(mended.subarray(at + 4)).equals(file.subarray(at + 4))).toBe(true);
  expect(cpuSeconds(() => withoutTangledExif(file))).toBeLessThan(0.5);
});

test("a photo's own Exif, and a file that has none, come back as they are", async () => {
  const { exif } = await sampleMetadata(6);
  const file = Buffer.concat([jpeg, Buffer.from("Exif\0\0"), exif, jpeg]);
  expect(withoutTangledExif(file)).toBe(file);
  expect(withoutTangledExif(exif)).toBe(exif);
  const random = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7919 + (i >> 3)) & 255);
  expect(withoutTangledExif(random)).toBe(random);
});
