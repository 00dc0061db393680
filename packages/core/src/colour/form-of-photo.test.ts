import { expect, test } from "vitest";
import { heldSamples, pictureOfIntegers } from "../image/integers.ts";
import type { Picture } from "../image/picture.ts";
import { srgbPrimaries } from "../metadata/colour-coding.ts";
import { formOfPhoto } from "./form-of-photo.ts";
import { writeProfile } from "./icc-profile.ts";

test("greys in three channels are seen as one channel, and come back as three with their alpha", () => {
  const samples = Uint8Array.of(9, 9, 9, 255, 200, 200, 200, 128);
  const photo = pictureOfIntegers({ width: 2, height: 1, channels: 4, samples });
  const form = formOfPhoto(photo, undefined);
  expect(form).toMatchObject({ isOwn: false, keepsLevels: true });
  const seen = form.enter(photo);
  expect(seen.channels).toBe(2);
  expect([...heldSamples(seen).values]).toEqual([9, 255, 200, 128]);
  const back = form.leave(seen);
  expect(back.channels).toBe(4);
  expect([...heldSamples(back).values]).toEqual([...samples]);
});

test("linear greys are also encoded again, and a method's own colours stay", () => {
  const photo: Picture = { width: 1, height: 1, channels: 3, samples: Float32Array.of(0.5, 0.5, 0.5) };
  const form = formOfPhoto(photo, writeProfile({ primaries: srgbPrimaries, curve: { gamma: 1 } }, 3));
  expect(form.keepsLevels).toBe(false);
  const seen = form.enter(photo);
  expect(seen.samples).toHaveLength(1);
  expect(seen.samples[0]).toBeCloseTo(0.735, 3);
  const coloured = form.leave({ width: 1, height: 1, channels: 3, samples: Float32Array.of(0, 1, 0) });
  expect([...coloured.samples].map(Math.round)).toEqual([0, 1, 0]);
});

test("one pixel in colour makes a photo in colour, and one channel stays as it is", () => {
  const photo: Picture = { width: 2, height: 1, channels: 3, samples: Float32Array.of(0.5, 0.5, 0.5, 0.5, 0.5, 0.25) };
  expect(formOfPhoto(photo, undefined).isOwn).toBe(true);
  const grey: Picture = { width: 1, height: 1, channels: 1, samples: Float32Array.of(0.5) };
  expect(formOfPhoto(grey, undefined).isOwn).toBe(true);
});

test("pixels that are fully transparent have the mean colour of the others for methods, each counted by its alpha", () => {
  const samples = Uint8Array.of(40, 80, 120, 255, 7, 255, 0, 0, 100, 20, 60, 51);
  const photo = pictureOfIntegers({ width: 3, height: 1, channels: 4, samples });
  const form = formOfPhoto(photo, undefined);
  expect(form.isOwn).toBe(false);
  const means = [40, 80, 120].map((value, i) => Math.round((255 * value + 51 * [100, 20, 60][i]) / 306));
  expect([...heldSamples(form.enter(photo)).values]).toEqual([40, 80, 120, 255, ...means, 0, 100, 20, 60, 51]);
  expect([...heldSamples(photo).values]).toEqual([...samples]);

  const grey: Picture = { width: 2, height: 1, channels: 2, samples: Float32Array.of(0.25, 1, 1, 0) };
  expect([...formOfPhoto(grey, undefined).enter(grey).samples]).toEqual([0.25, 1, 0.25, 0]);
  for (const alpha of [0, 1]) {
    const even: Picture = { width: 2, height: 1, channels: 2, samples: Float32Array.of(0.25, alpha, 1, alpha) };
    expect(formOfPhoto(even, undefined).isOwn).toBe(true);
  }
});
