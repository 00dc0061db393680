import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodePhoto } from "@kindling/node";
import { peekPixelCount } from "@kindling/node/internal";
import sharp from "sharp";
import { expect, test } from "vitest";
import { fanOfExif } from "./support/hostile-exif.ts";
import { scratchFolder } from "./support/run-kindling.ts";

test("a photo whose Exif points to itself 5,000 times is read in a moment, and told", async () => {
  const plain = await sharp({ create: { width: 24, height: 16, channels: 3, background: "#123" } })
    .jpeg()
    .toBuffer();
  const file = fanOfExif(plain, 1, 5000);
  const path = join(scratchFolder(), "fan.jpg");
  writeFileSync(path, file);
  const before = process.cpuUsage();
  expect(await peekPixelCount(path)).toBe(24 * 16);
  const { notes, metadata } = await decodePhoto(file, { name: "fan.jpg" });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(2);
  expect(notes).toEqual(["its Exif points to itself and was left out"]);
  expect(metadata).toEqual({});
});
