import { statSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { samplePairs } from "./sample-pairs.ts";
import { samplePhotos } from "./sample-photos.ts";

describe.each(samplePairs.map((pair, index) => [pair.name, pair, samplePhotos[index]] as const))(
  "%s",
  (_name, pair, settings) => {
    test("photo and reference have the settings' size when shown upright", async () => {
      const photo = await sharp(pair.photo).metadata();
      const reference = await sharp(pair.reference).metadata();
      expect(photo.autoOrient).toEqual({ width: settings.width, height: settings.height });
      expect([reference.width, reference.height]).toEqual([settings.width, settings.height]);
    });

    test("the photo says how it is stored: orientation, depth, colour profile and EXIF", async () => {
      const photo = await sharp(pair.photo).metadata();
      expect(photo.orientation).toBe(settings.orientation);
      expect(photo.depth).toBe(settings.format === "png16" ? "ushort" : "uchar");
      expect(photo.icc?.length).toBeGreaterThan(100);
      expect(photo.exif?.includes("Sample renderer")).toBe(true);
      expect(photo.exif?.includes(settings.takenAt)).toBe(true);
    });

    test("photo and reference lie upon each other", async () => {
      const [dark, good] = await Promise.all([pair.photo, pair.reference].map(smallGrey));
      expect(correlation(dark, good)).toBeGreaterThan(0.7);
    });
  },
);

test("all pictures together stay small enough for a repository", () => {
  const files = samplePairs.flatMap(({ photo, reference }) => [photo, reference]);
  expect(files.reduce((bytes, file) => bytes + statSync(file).size, 0)).toBeLessThan(3_000_000);
});

/** Encoded grey values at a size where noise has averaged out, as their square roots: dark photos are compared too. */
async function smallGrey(file: string): Promise<number[]> {
  const grey = sharp(file).autoOrient().resize(96, 96, { fit: "fill" }).greyscale().toColourspace("b-w");
  return Array.from(await grey.raw().toBuffer(), Math.sqrt);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleA, middleB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, i) => (value - middleA) * (b[i] - middleB)));
  const variance = (values: readonly number[], middle: number) => mean(values.map((value) => (value - middle) ** 2));
  return covariance / Math.sqrt(variance(a, middleA) * variance(b, middleB));
}
