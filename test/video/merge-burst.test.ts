import { mergeBurst, type Picture, psnr } from "@kindling/core";
import { blockPx } from "@kindling/core/internal";
import { expect, test } from "vitest";
import { drawTexture, textureOf, withNoise, withSquare } from "../support/noisy-clip.ts";

const [width, height] = [128, 96];
const texture = textureOf(5);
const clean = drawTexture(texture, width, height);

/** The scene from a hand that shook: shifted by parts of a pixel and turned. */
function shaken(shiftX: number, shiftY: number, degrees: number): Picture {
  const angle = (degrees * Math.PI) / 180;
  return drawTexture(texture, width, height, (x, y) => {
    const [right, down] = [x - (width - 1) / 2, y - (height - 1) / 2];
    return [
      (width - 1) / 2 + Math.cos(angle) * right - Math.sin(angle) * down + shiftX,
      (height - 1) / 2 + Math.sin(angle) * right + Math.cos(angle) * down + shiftY,
    ];
  });
}

/** What averaging so many frames wins (dB): noise falls with their number. */
const gainOf = (frames: number) => 10 * Math.log10(frames);

/** What a merge may lose of that (dB): a tenth of what could be averaged taken for motion. */
const lossDb = 0.46;

test("frames of a shaking hand are aligned below a pixel, and win what their number promises", async () => {
  const shifts = [
    [4.3, -2.6, 0.4],
    [-7.5, 3.25, -0.6],
    [1.7, 5.5, 0.2],
  ] as const;
  const burst = [clean, ...shifts.map(([x, y, degrees]) => shaken(x, y, degrees))].map((frame, i) =>
    withNoise(frame, 0.03, i),
  );
  const two = await mergeBurst(burst.slice(0, 2));
  const four = await mergeBurst(burst);
  // A place of the first is found in the frame by the opposite of what the hand did.
  expect(four.frames[0].placement.x).toBeCloseTo(-4.28, 1);
  expect(four.frames[0].placement.y).toBeCloseTo(2.63, 1);
  expect((four.frames[0].placement.angle * 180) / Math.PI).toBeCloseTo(-0.4, 1);
  expect(psnr(two.picture, clean)).toBeGreaterThan(psnr(burst[0], clean) + gainOf(2) - lossDb);
  expect(psnr(four.picture, clean)).toBeGreaterThan(psnr(burst[0], clean) + gainOf(4) - lossDb);
  for (const [i, { share }] of four.frames.entries()) {
    const [x, y] = shifts[i];
    // No more than a twentieth of what both show is taken for motion.
    expect(share).toBeGreaterThan(0.95 * (1 - Math.abs(x) / width) * (1 - Math.abs(y) / height));
  }
});

test("what moved is that of the first frame, and another exposure is evened out", async () => {
  const places = [
    [40, 30],
    [62, 36],
    [84, 42],
  ] as const;
  const [first, second, third] = places.map(([left, top]) => withSquare(clean, left, top));
  const darker = { ...third, samples: third.samples.map((sample) => 0.92 * sample) };
  const burst = [first, second, darker, clean].map((frame, i) => withNoise(frame, 0.02, i));
  const { picture, frames } = await mergeBurst(burst);
  const wrong = picture.samples.filter((sample, i) => Math.abs(sample - first.samples[i]) > 0.12).length;
  expect(wrong).toBeLessThan(0.001 * picture.samples.length);
  // Each frame lacks the squares, and at most a block around them.
  const grown = (24 + 2 * blockPx) ** 2 / (width * height);
  for (const [i, { share }] of frames.entries()) expect(share).toBeGreaterThan(1 - (i === 2 ? 1 : 2) * grown);
  // Farther away it is a burst in which nothing moves; on the squares the first frame alone, and so no worse than that.
  const isNear = (x: number, y: number) =>
    places.some(([left, top]) => {
      const inside = (at: number, from: number) => at >= from - blockPx && at < from + 24 + blockPx;
      return inside(x, left) && inside(y, top);
    });
  const gain = (isNearWanted: boolean) => {
    const error = ({ samples }: Picture) =>
      samples.reduce((sum, sample, i) => {
        const pixel = Math.floor(i / 3);
        const isHere = isNear(pixel % width, Math.floor(pixel / width)) === isNearWanted;
        return sum + (isHere ? (sample - first.samples[i]) ** 2 : 0);
      }, 0);
    return 10 * Math.log10(error(burst[0]) / error(picture));
  };
  expect(gain(false)).toBeGreaterThan(gainOf(4) - lossDb);
  expect(gain(true)).toBeGreaterThan(0);
});

test("one frame is no burst, and frames of other sizes are named", async () => {
  await expect(mergeBurst([clean])).rejects.toThrow(/expected two or more of a burst; got 1/);
  const small = drawTexture(texture, 64, 64);
  await expect(mergeBurst([clean, small])).rejects.toThrow(/64x64 pixels of 3 channels, the first one 128x96/);
});
