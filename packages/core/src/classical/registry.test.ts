import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KindlingError } from "../errors.ts";
import { finish, follow } from "../flow/steps.ts";
import { type ChannelCount, colourChannels, createPicture, type Picture } from "../image/picture.ts";
import { defaultSettings } from "../settings/method-settings.ts";
import { findMethod, methods } from "./registry.ts";

/** A dark picture of blobs and fine noise, the same for the same arguments; alpha runs through its range. */
function darkPicture(width: number, height: number, channels: ChannelCount, levels: number): Picture {
  const picture = createPicture(width, height, channels);
  const colours = colourChannels(picture);
  let state = 1;
  for (let i = 0; i < picture.samples.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const c = i % channels;
    const place = Math.floor(i / channels);
    const light = 0.15 + 0.12 * Math.sin(place / 7 + c) * Math.cos(place / width / 5);
    const value = c < colours ? light + 0.05 * (state / 2 ** 32) : (place % 256) / 255;
    picture.samples[i] = Math.round(value * levels) / levels;
  }
  return picture;
}

function createFilled(width: number, height: number, channels: ChannelCount, value: number): Picture {
  const picture = createPicture(width, height, channels);
  picture.samples.fill(value);
  return picture;
}

function expectFitFor(result: Picture, picture: Picture): void {
  const { width, height, channels } = picture;
  expect([result.width, result.height, result.channels]).toEqual([width, height, channels]);
  expect(result.samples).toHaveLength(width * height * channels);
  expect(result.samples.findIndex((value) => !(value >= 0 && value <= 1))).toBe(-1);
}

/** Whether samples are the same; on thousands of them `toEqual` takes longer than the methods. */
const areSame = (one: Float32Array, other: Float32Array) =>
  one.length === other.length && one.every((value, i) => value === other[i]);

test("a method is found by its name, and an unknown name is refused with those there are", () => {
  for (const method of methods) expect(findMethod(method.name)).toBe(method);
  expect(new Set(methods.map(({ name }) => name)).size).toBe(methods.length);
  expect(methods[0].name).toBe("lime");
  const refusal = new KindlingError(
    "invalid-option",
    `There is no classical method "retinex"; there are ${methods.map(({ name }) => name).join(", ")}.`,
  );
  expect(() => findMethod("retinex")).toThrow(refusal);
});

describe.each(methods.map((method) => [method.name, method] as const))("%s", (_name, method) => {
  test("says what it is, and its defaults lie within their ranges", () => {
    expect(method.about.split(/[.:;] /).length).toBeLessThanOrEqual(4);
    expect(method.paper.year).toBeGreaterThan(1970);
    for (const [name, option] of Object.entries(method.options)) {
      expect(option.default >= option.min && option.default <= option.max, name).toBe(true);
      expect(option.about, name).toMatch(/^[A-Z1].*[.]$/);
    }
  });

  test.each([1, 2, 3, 4] as const)("keeps size and alpha and leaves its input alone with %s channels", (channels) => {
    for (const levels of [255, 65535] as const) {
      const picture = darkPicture(53, 38, channels, levels);
      const before = picture.samples.slice();
      const result = finish(method.enhance(picture, {}, { levels }));
      expectFitFor(result, picture);
      expect(areSame(picture.samples, before)).toBe(true);
      expect(areSame(result.samples, before)).toBe(false);
      if (channels === 2 || channels === 4) {
        const alpha = (_: number, i: number) => i % channels === channels - 1;
        expect(areSame(result.samples.filter(alpha), before.filter(alpha))).toBe(true);
      }
    }
  });

  test("gives finite values from 0 to 1 for black, white and tiny pictures", () => {
    const sizes = [[1, 1], [1, 9], [9, 1], [2, 2], [7, 3], [1, 700], [700, 1]] as const; // biome-ignore format: one line
    // The test above has the other channels: of the slowest methods each picture here takes a second.
    const kinds = [[1, 255], [4, 65535]] as const; // biome-ignore format: one line
    for (const [width, height] of sizes) {
      for (const [channels, levels] of kinds) {
        for (const picture of [
          createFilled(width, height, channels, 0),
          createFilled(width, height, channels, 1),
          darkPicture(width, height, channels, levels),
        ]) {
          expectFitFor(finish(method.enhance(picture, {}, { levels })), picture);
        }
      }
    }
  });

  test("leaves an all-black picture almost black", () => {
    for (const levels of [255, 65535] as const) {
      const result = finish(method.enhance(createFilled(150, 100, 3, 0), {}, { levels }));
      expect(Math.max(...result.samples)).toBeLessThan(0.05);
    }
  });

  test("gives values from 0 to 1 for any settings in range", () => {
    const settings = fc.record(
      Object.fromEntries(
        Object.entries(method.options).map(([name, { min, max, integer }]) => [
          name,
          integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }),
        ]),
      ),
    );
    const picture = darkPicture(31, 22, 3, 255);
    fc.assert(
      fc.property(settings, (given) => {
        expectFitFor(finish(method.enhance(picture, given, { levels: 255 })), picture);
      }),
      { numRuns: 25 },
    );
  });

  test("refuses settings it does not have and numbers out of range", () => {
    const picture = createFilled(2, 2, 3, 0.1);
    const start = (settings: Record<string, number>) => () => method.enhance(picture, settings, { levels: 255 });
    expect(start({ brightness: 1 })).toThrow(KindlingError);
    for (const [name, { min, max }] of Object.entries(method.options)) {
      expect(start({ [name]: min - 1 })).toThrow(KindlingError);
      expect(start({ [name]: max + 1 })).toThrow(KindlingError);
      expect(start({ [name]: Number.NaN })).toThrow(KindlingError);
    }
  });

  test("reports progress that rises from 0 to 1, the same picture at its end as in one go", async () => {
    const picture = darkPicture(120, 80, 3, 255);
    const reported: number[] = [];
    const settings = defaultSettings(method);
    const result = await follow(method.enhance(picture, settings, { levels: 255 }), {
      onProgress: (done) => reported.push(done),
    });
    expect(reported.length).toBeGreaterThan(1);
    let last = 0;
    for (const done of reported) {
      expect(done).toBeGreaterThanOrEqual(last);
      last = done;
    }
    expect(last).toBeLessThanOrEqual(1 + 1e-9);
    expect(last).toBeGreaterThan(0.9);
    expect(areSame(result.samples, finish(method.enhance(picture, {}, { levels: 255 })).samples)).toBe(true);
  });

  test("stops when it is cancelled", async () => {
    const signal: { aborted: boolean; reason: unknown } = { aborted: false, reason: "enough" };
    const started = follow(method.enhance(darkPicture(120, 80, 3, 255), {}, { levels: 255 }), {
      signal: signal as AbortSignal,
      onProgress: () => {
        signal.aborted = true;
      },
    });
    await expect(started).rejects.toMatchObject({ code: "cancelled" });
  });

  // Lab and the restoration of colour see a difference between grey and equal red, green and blue; the others do not.
  if (
    [
      "gamma",
      "he",
      "ssr",
      "msr",
      "lime",
      "npe",
      "srie",
      "jed",
      "robust-retinex",
      "bimef",
      "lecarm",
      "mf",
      "bm3d",
    ].includes(method.name)
  ) {
    test("gives grey for equal red, green and blue", () => {
      for (const levels of [255, 65535] as const) {
        const grey = darkPicture(41, 29, 1, levels);
        const rgb = createPicture(41, 29, 3);
        for (let i = 0; i < rgb.samples.length; i++) rgb.samples[i] = grey.samples[Math.floor(i / 3)];
        const expected = finish(method.enhance(grey, {}, { levels })).samples;
        const found = finish(method.enhance(rgb, {}, { levels })).samples;
        expect(Math.max(...found.map((value, i) => Math.abs(value - expected[Math.floor(i / 3)])))).toBeLessThan(1e-4);
      }
    });
  }

  test.each([1, 3] as const)("keeps a 16-bit ramp in the shadows free of banding with %s channels", (channels) => {
    const width = 1024;
    const picture = createPicture(width, 16, channels);
    for (let i = 0; i < picture.samples.length; i++) {
      const x = Math.floor(i / channels) % width;
      picture.samples[i] = Math.round((0.02 * 65535 * x) / (width - 1)) / 65535;
    }
    const { samples } = finish(method.enhance(picture, {}, { levels: 65535 }));
    const row = Array.from({ length: width }, (_, x) => samples[(8 * width + x) * channels]);
    const range = Math.max(...row) - Math.min(...row);
    // Levels of an 8-bit file below 0.02 are six: steps would be a fifth of the range. Beside black itself the slope of
    // a power below one has no limit.
    const steps = row.slice(9).map((value, x) => Math.abs(value - row[x + 8]));
    expect(Math.max(...steps) / range).toBeLessThan(0.03);
    expect(new Set(row).size).toBeGreaterThan(0.8 * width);
  });
});
