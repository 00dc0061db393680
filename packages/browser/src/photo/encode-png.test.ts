import type { ChannelCount } from "@kindling/core";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { encodePng } from "./encode-png.ts";

/** Waves with noise, so that every filter is the best of some row; rows enough for several bands. */
function pixelsOf(channels: ChannelCount, depth: 8 | 16) {
  const [width, height] = [701, 600];
  const white = depth === 8 ? 255 : 65535;
  const samples = depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  for (let i = 0; i < samples.length; i++) {
    const y = Math.floor(i / (width * channels));
    const wave = y % 3 === 0 ? Math.sin(i / 40) : y % 3 === 1 ? Math.sin(i / 2) : Math.sin(y / 9);
    samples[i] = white * (0.5 + 0.45 * wave + 0.04 * (((i * 7919) % 97) / 97));
  }
  return { width, height, channels, samples };
}

test.each([
  [1, 8],
  [2, 8],
  [3, 8],
  [4, 8],
  [1, 16],
  [2, 16],
  [3, 16],
  [4, 16],
] as const)("pixels of %i channels and %i bits come back as they were", async (channels, depth) => {
  const pixels = pixelsOf(channels, depth);
  const read = decode(await encodePng(pixels));
  expect([read.width, read.height, read.channels, read.depth]).toEqual([701, 600, channels, depth]);
  expect(Buffer.compare(Buffer.from(read.data.buffer), Buffer.from(pixels.samples.buffer))).toBe(0);
});

test("a row of one pixel is a picture, and smooth ones are packed", async () => {
  const one = { width: 1, height: 1, channels: 3, samples: Uint8Array.of(1, 2, 3) } as const;
  expect([...decode(await encodePng(one)).data]).toEqual([1, 2, 3]);
  const slope = Uint8Array.from({ length: 3 * 400 * 400 }, (_, i) => Math.floor(i / 3) + (i % 3));
  const file = await encodePng({ width: 400, height: 400, channels: 3, samples: slope });
  expect(file.length).toBeLessThan(slope.length / 50);
});
