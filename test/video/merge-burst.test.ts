import { mergeBurst, type Picture, psnr } from "@kindling/core";
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

test("frames of a shaking hand are aligned below a pixel, and each makes the picture better", async () => {
  const hands = [shaken(4.3, -2.6, 0.4), shaken(-7.5, 3.25, -0.6), shaken(1.7, 5.5, 0.2)];
  const burst = [clean, ...hands].map((frame, i) => withNoise(frame, 0.03, i));
  const two = await mergeBurst(burst.slice(0, 2));
  const four = await mergeBurst(burst);
  // A place of the first is found in the frame by the opposite of what the hand did.
  expect(four.frames[0].placement.x).toBeCloseTo(-4.28, 1);
  expect(four.frames[0].placement.y).toBeCloseTo(2.63, 1);
  expect((four.frames[0].placement.angle * 180) / Math.PI).toBeCloseTo(-0.4, 1);
  expect(psnr(two.picture, clean)).toBeGreaterThan(psnr(burst[0], clean) + 2);
  expect(psnr(four.picture, clean)).toBeGreaterThan(psnr(burst[0], clean) + 4);
});

test("what moved is that of the first frame, and another exposure is evened out", async () => {
  const first = withSquare(clean, 40, 30);
  const darker = (frame: Picture) => ({ ...frame, samples: frame.samples.map((sample) => 0.92 * sample) });
  const others = [withSquare(clean, 62, 36), darker(withSquare(clean, 84, 42)), clean];
  const burst = [first, ...others].map((frame, i) => withNoise(frame, 0.02, i));
  const { picture, frames } = await mergeBurst(burst);
  const wrong = picture.samples.filter((sample, i) => Math.abs(sample - first.samples[i]) > 0.12).length;
  expect(wrong).toBeLessThan(0.001 * picture.samples.length);
  // The blocks around a square that moved, a third of this small picture, take no part.
  expect(psnr(picture, first)).toBeGreaterThan(psnr(burst[0], first) + 2.5);
  for (const { share } of frames) expect(share).toBeGreaterThan(0.5);
});

test("one frame is no burst, and frames of other sizes are named", async () => {
  await expect(mergeBurst([clean])).rejects.toThrow(/expected two or more of a burst; got 1/);
  const small = drawTexture(texture, 64, 64);
  await expect(mergeBurst([clean, small])).rejects.toThrow(/64x64 pixels of 3 channels, the first one 128x96/);
});
