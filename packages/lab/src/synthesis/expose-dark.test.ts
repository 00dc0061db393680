import { type ChannelCount, createPicture, createRandom, decodeSrgb, encodeSrgb, type Picture } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CameraSettings, type Mosaic, perfectCamera } from "./camera-settings.ts";
import { invertMatrix, mixColourMatrix } from "./colour-matrix.ts";
import { exposeDark, recordScene } from "./expose-dark.ts";

const colourMatrix = mixColourMatrix([0.4, 0.3, 0.2, 0.1]);

const darkCamera: CameraSettings = {
  exposureEv: -4,
  lightGains: [1.2, 1, 0.7],
  cornerAngleDegrees: 25,
  colourMatrix,
  channelGains: [2, 1, 1.6],
  mosaic: 1,
  noise: { a: 2e-3, b: 4e-6, readShape: 0.1, rowShare: 0.08 },
  converterBits: 12,
  blackLevelError: 3e-4,
  whiteBalanceGains: [1.1, 1, 0.9],
  correctionMatrix: invertMatrix(colourMatrix),
  toneCurve: { contrast: 0.2, toe: 0.3 },
  processing: { lumaDenoising: 0.5, chromaDenoising: 0.7, sharpening: 0.5 },
  recordedBits: 8,
};

function randomPicture(width: number, height: number, channels: ChannelCount): Picture {
  const random = createRandom(5, "picture");
  const picture = createPicture(width, height, channels);
  for (let i = 0; i < picture.samples.length; i++) picture.samples[i] = random();
  return picture;
}

test("a perfect camera changes nothing", () => {
  const picture = randomPicture(9, 6, 4);
  const copy = exposeDark(picture, perfectCamera, 1);
  for (const [i, sample] of picture.samples.entries()) expect(copy.samples[i]).toBeCloseTo(sample, 6);
  expect(copy.samples).not.toBe(picture.samples);
});

test.each([-6, -2.5, -1, 0])("an exposure of %d EV scales linear light by that power of two", (exposureEv) => {
  const picture = randomPicture(9, 6, 3);
  const dark = exposeDark(picture, { ...perfectCamera, exposureEv }, 1);
  for (const [i, sample] of picture.samples.entries()) {
    expect(decodeSrgb(dark.samples[i])).toBeCloseTo(decodeSrgb(sample) * 2 ** exposureEv, 6);
  }
});

test("a sensor's colours come back by the inverse matrix, and white that is clipped is neutral", () => {
  const picture = randomPicture(9, 6, 3);
  // Paler than sRGB's primaries, which lie outside a sensor's colours.
  for (let i = 0; i < picture.samples.length; i++) picture.samples[i] = 0.4 + picture.samples[i] / 4;
  const { correctionMatrix, channelGains } = darkCamera;
  const camera = { ...perfectCamera, colourMatrix, correctionMatrix, channelGains };
  const copy = exposeDark(picture, camera, 1);
  for (const [i, sample] of picture.samples.entries()) expect(copy.samples[i]).toBeCloseTo(sample, 5);
  const white = createPicture(8, 8, 3);
  white.samples.fill(6);
  for (const sample of recordScene(white, { ...darkCamera, exposureEv: 0 }, 1).samples) expect(sample).toBe(1);
});

test("a grey photo gets the noise of the green channel and no mosaic", () => {
  const grey = createPicture(40, 40, 1);
  grey.samples.fill(0.5);
  const camera = { ...perfectCamera, mosaic: 0, noise: { a: 1e-3, b: 0, readShape: 0.1, rowShare: 0 } } as const;
  const { samples } = exposeDark(grey, camera, 1);
  const linear = samples.map(decodeSrgb);
  const mean = linear.reduce((sum, value) => sum + value, 0) / linear.length;
  const variance = linear.reduce((sum, value) => sum + (value - mean) ** 2, 0) / linear.length;
  // Five standard errors of a variance over 1600 samples.
  expect(Math.abs(variance / (1e-3 * decodeSrgb(0.5)) - 1)).toBeLessThan(0.18);
});

test("light beyond white is kept where the exposure has room for it", () => {
  const scene = createPicture(2, 1, 1);
  scene.samples.set([8, 40]);
  const dark = recordScene(scene, { ...perfectCamera, exposureEv: -4 }, 1);
  expect(dark.samples[0]).toBeCloseTo(encodeSrgb(0.5), 6);
  expect(dark.samples[1]).toBe(1);
});

test("colour of the light and white balance multiply each channel of linear light", () => {
  const picture = createPicture(1, 1, 3);
  picture.samples.fill(encodeSrgb(0.5));
  const cast = exposeDark(picture, { ...perfectCamera, lightGains: [1, 0.5, 0.25], whiteBalanceGains: [0.5, 1, 2] }, 1);
  for (const sample of cast.samples) expect(decodeSrgb(sample)).toBeCloseTo(0.25, 6);
});

test("the same seed gives the same noise and another seed another", () => {
  const picture = randomPicture(12, 8, 3);
  const dark = exposeDark(picture, darkCamera, 3);
  expect(exposeDark(picture, darkCamera, 3)).toEqual(dark);
  expect(exposeDark(picture, darkCamera, 4)).not.toEqual(dark);
});

test("recorded samples are whole steps of the file's bits", () => {
  const dark = exposeDark(randomPicture(12, 8, 3), darkCamera, 3);
  for (const sample of dark.samples) expect(sample * 255).toBeCloseTo(Math.round(sample * 255), 4);
});

test("any picture stays finite and between 0 and 1, keeps its size and its alpha, and is not changed", () => {
  const channels = fc.constantFrom<ChannelCount>(1, 2, 3, 4);
  const side = fc.integer({ min: 1, max: 9 });
  const ev = fc.double({ min: -8, max: 4, noNaN: true });
  fc.assert(
    fc.property(
      side,
      side,
      channels,
      ev,
      fc.double({ min: 0, max: 0.1, noNaN: true }),
      fc.constantFrom<Mosaic>(0, 1, 2, 3, "reduced"),
      (width, height, count, exposureEv, a, mosaic) => {
        const picture = randomPicture(width, height, count);
        const before = picture.samples.slice();
        const dark = exposeDark(picture, { ...darkCamera, exposureEv, mosaic, noise: { ...darkCamera.noise, a } }, 1);
        expect(picture.samples).toEqual(before);
        expect([dark.width, dark.height, dark.channels]).toEqual([width, height, count]);
        for (const [i, sample] of dark.samples.entries()) {
          expect(sample).toBeGreaterThanOrEqual(0);
          expect(sample).toBeLessThanOrEqual(1);
          if (count % 2 === 0 && i % count === count - 1) expect(sample).toBe(before[i]);
        }
      },
    ),
  );
});

test.each([
  ["exposureEv", { exposureEv: Number.NaN }],
  ["cornerAngleDegrees", { cornerAngleDegrees: 90 }],
  ["noise.a", { noise: { ...perfectCamera.noise, a: -1 } }],
  ["whiteBalanceGains", { whiteBalanceGains: [1, -1, 1] }],
  ["channelGains", { channelGains: [0.5, 1, 1] }],
  ["toneCurve.contrast", { toneCurve: { contrast: 1, toe: 0 } }],
  ["processing.sharpening", { processing: { ...perfectCamera.processing, sharpening: -1 } }],
] as const)("an impossible %s is refused by name", (name, change) => {
  expect(() => exposeDark(createPicture(1, 1, 3), { ...perfectCamera, ...change }, 1)).toThrow(name);
});
