import { expect, test } from "vitest";
import { heldSamples, integersOfPicture, pictureOfIntegers } from "./integers.ts";

const bytes = () => ({ width: 3, height: 1, channels: 1, samples: Uint8Array.of(0, 51, 255) }) as const;
const words = () => ({ width: 2, height: 1, channels: 1, samples: Uint16Array.of(13107, 65535) }) as const;

test("a picture of integers keeps them until its floats are asked for", () => {
  const pixels = bytes();
  const picture = pictureOfIntegers(pixels);
  expect(heldSamples(picture).values.buffer).toBe(pixels.samples.buffer);
  expect(integersOfPicture(picture, 8).samples.buffer).toBe(pixels.samples.buffer);
  expect(picture.samples).toEqual(Float32Array.of(0, 0.2, 1));
  // What is changed from now on is changed in the floats.
  picture.samples[0] = 0.6;
  expect(heldSamples(picture)).toEqual({ values: Float32Array.of(0.6, 0.2, 1), step: 1 });
  expect([...integersOfPicture(picture, 8).samples]).toEqual([153, 51, 255]);
});

test("the integers of a Buffer are copied by slice, as those of other arrays are", () => {
  const samples = Buffer.from([1, 2, 3]);
  const { values } = heldSamples(pictureOfIntegers({ width: 3, height: 1, channels: 1, samples }));
  values.slice()[0] = 9;
  expect([...samples]).toEqual([1, 2, 3]);
});

test("both depths have samples from 0 to 1", () => {
  for (const pixels of [bytes(), words()]) {
    const { values, step } = heldSamples(pictureOfIntegers(pixels));
    expect(values.at(-1)! * step).toBe(1);
    expect(Math.fround(values[pixels.samples.length - 2]! * step)).toBe(Math.fround(0.2));
  }
});

test("samples become the nearest integers, halves upwards, clipped", () => {
  const picture = { ...bytes(), samples: Float32Array.of(-1, 0.5, 1.5) };
  expect([...integersOfPicture(picture, 8).samples]).toEqual([0, 128, 255]);
});

test("integers of another depth are made anew", () => {
  const picture = pictureOfIntegers(words());
  expect(integersOfPicture(picture, 8).samples).toEqual(Uint8Array.of(51, 255));
  expect(integersOfPicture(pictureOfIntegers(bytes()), 16).samples).toEqual(Uint16Array.of(0, 13107, 65535));
});
