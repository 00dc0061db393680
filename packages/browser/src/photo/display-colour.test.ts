import { readFileSync } from "node:fs";
import type { Picture } from "@kindling/core";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { chooseDisplayColour } from "./display-colour.ts";
import { takePixels } from "./screen-pixels.ts";

const colours: Picture = {
  width: 4,
  height: 1,
  channels: 3,
  samples: Float32Array.from([40, 90, 160, 200, 180, 150, 10, 10, 10, 128, 60, 60], (level) => level / 255),
};
let p3: Uint8Array;
let srgb: Uint8Array;
beforeAll(async () => {
  [p3, srgb] = await Promise.all([profileOf("p3"), profileOf("srgb")]);
});

async function profileOf(name: string): Promise<Uint8Array> {
  const picture = sharp({ create: { width: 1, height: 1, channels: 3, background: "#345" } });
  const file = await picture.withIccProfile(name).png().toBuffer();
  return new Uint8Array((await sharp(file).metadata()).icc ?? []);
}

/** The profile with its tone curves turned into straight lines: its numbers are linear light. */
function linear(icc: Uint8Array): Uint8Array {
  const profile = icc.slice();
  const view = new DataView(profile.buffer);
  for (let i = 0, at = 132; i < view.getUint32(128); i++, at += 12) {
    if (!String.fromCharCode(...profile.subarray(at, at + 4)).endsWith("TRC")) continue;
    const tag = view.getUint32(at + 4);
    profile.set(new TextEncoder().encode("curv"), tag);
    view.setUint32(tag + 8, 1);
    view.setUint16(tag + 12, 256);
  }
  return profile;
}

/** Of one pixel. */
function shownNumbers(icc: Uint8Array, ...samples: number[]): number[] {
  const picture: Picture = { width: 1, height: 1, channels: 3, samples: Float32Array.from(samples) };
  return pixelsOf(picture, icc).slice(0, 3);
}

function pixelsOf(picture: Picture, icc: Uint8Array | undefined): number[] {
  const pixels = takePixels(picture);
  chooseDisplayColour(icc).convert(picture, pixels);
  return [...pixels];
}

const own = [40, 90, 160, 255, 200, 180, 150, 255, 10, 10, 10, 255, 128, 60, 60, 255];

test("a photo of Display P3 or without a profile is shown by its own numbers", () => {
  for (const [icc, space] of [
    [undefined, "srgb"],
    [p3, "display-p3"],
  ] as const) {
    expect(chooseDisplayColour(icc)).toMatchObject({ space, isOwn: true });
    expect(pixelsOf(colours, icc)).toEqual(own);
  }
});

test("the sRGB profile that the examples carry is known as such", async () => {
  const { icc } = await sharp(readFileSync("examples/photos/still-life.jpg")).metadata();
  expect(chooseDisplayColour(icc && new Uint8Array(icc)).space).toBe("srgb");
});

test("another profile's numbers are brought to Display P3: linear light is encoded", () => {
  expect(chooseDisplayColour(linear(p3))).toMatchObject({ space: "display-p3", isOwn: false });
  // 0.2140411 of linear light is an encoded half.
  const shown = shownNumbers(linear(p3), 0.2140411, 0.5, 1);
  for (const [i, level] of [127.5, 187.5, 255].entries()) expect(Math.abs(shown[i] - level)).toBeLessThan(1.1);
});

test("other primaries are turned: sRGB's red, green and blue as CSS Color 4 has them in Display P3", () => {
  const expected = [
    [0.9175, 0.2003, 0.1386],
    [0.4584, 0.9853, 0.2983],
    [0, 0, 0.9596],
  ];
  for (const [i, wanted] of expected.entries()) {
    const shown = shownNumbers(linear(srgb), ...[0, 1, 2].map((channel) => Number(channel === i)));
    for (const [c, share] of wanted.entries()) expect(Math.abs(shown[c] / 255 - share)).toBeLessThan(0.012);
  }
});
