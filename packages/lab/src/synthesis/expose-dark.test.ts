import { type ChannelCount, createPicture, createRandom, decodeSrgb, encodeSrgb, type Picture } from "@kindling/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { apscSensor, type CameraSettings, perfectCamera } from "./camera-settings.ts";
import { exposeDark, recordScene } from "./expose-dark.ts";

const darkCamera: CameraSettings = {
  exposureEv: -4,
  lightGains: [1.2, 1, 0.7],
  whiteBalanceGains: [1.1, 1, 0.9],
  cornerAngleDegrees: 25,
  iso: 3200,
  sensor: apscSensor,
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
      fc.integer({ min: 0, max: 100_000 }),
      (width, height, count, exposureEv, iso) => {
        const picture = randomPicture(width, height, count);
        const before = picture.samples.slice();
        const dark = exposeDark(picture, { ...darkCamera, exposureEv, iso }, 1);
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
  ["iso", { iso: -1 }],
  ["whiteBalanceGains", { whiteBalanceGains: [1, -1, 1] }],
  ["sensor.channelGains", { sensor: { ...apscSensor, channelGains: [0.5, 1, 1] } }],
] as const)("an impossible %s is refused by name", (name, change) => {
  expect(() => exposeDark(createPicture(1, 1, 3), { ...perfectCamera, ...change }, 1)).toThrow(name);
});
