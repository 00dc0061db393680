import { expect, test } from "vitest";
import type { Picture } from "../image/picture.ts";
import { adobeRgbCoding, srgbPrimaries } from "../metadata/colour-coding.ts";
import { type StandardCoding, writeProfile } from "./icc-profile.ts";
import { decodeSrgb } from "./srgb.ts";
import { workingFormOf } from "./working-form.ts";

const profileOf = (curve: StandardCoding["curve"]) => writeProfile({ primaries: srgbPrimaries, curve }, 3);

test("photos with the curve of sRGB are worked on as they are", () => {
  const { isOwn, enter, leave } = workingFormOf(profileOf("srgb"));
  const picture: Picture = { width: 1, height: 1, channels: 3, samples: Float32Array.of(0.1, 0.2, 0.3) };
  expect(isOwn).toBe(true);
  expect([enter(picture), leave(picture)]).toEqual([picture, picture]);
  expect(workingFormOf(writeProfile(adobeRgbCoding as StandardCoding, 3)).isOwn).toBe(false);
  expect(workingFormOf(undefined).isOwn).toBe(true);
});

test("linear light becomes what sRGB shows, and comes back level by level; alpha is left alone", () => {
  const { isOwn, enter, leave, transfer } = workingFormOf(profileOf({ gamma: 1 }));
  expect(isOwn).toBe(false);
  const samples = Float32Array.from({ length: 4 * 4096 }, (_, i) => (i % 4 === 3 ? 0.5 : ((i * 7) % 65536) / 65535));
  const picture: Picture = { width: 4096, height: 1, channels: 4, samples };
  const coded = enter(picture);
  const back = leave(coded);
  for (let i = 0; i < samples.length; i++) {
    if (i % 4 === 3) expect(coded.samples[i]).toBe(0.5);
    else expect(Math.abs(decodeSrgb(coded.samples[i] ?? 0) - (samples[i] ?? 0))).toBeLessThan(2e-6);
    expect(Math.abs((back.samples[i] ?? 0) - (samples[i] ?? 0)) * 65535).toBeLessThan(0.5);
  }
  expect(transfer.toLinear(0.5)).toBe(decodeSrgb(0.5));
});
