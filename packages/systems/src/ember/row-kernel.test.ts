import { createRandom, decodeSrgb, encodeSrgb } from "@kindling/core";
import { expect, test } from "vitest";
import { rowKernel } from "./row-kernel.ts";

const random = createRandom(5, "rows");

/** Widths with every rest of a division by four. */
const widths = [1, 2, 3, 4, 5, 11, 40] as const;

/** Square roots of encoded values: black, the least of 16 bits, both sides of where sRGB bends, white, and all between. */
const roots = [
  ...[0, 1e-20, 1e-6, 1 / 255, Math.sqrt(1 / 65535), 0.2011218, 0.2011219, 0.25, 0.9999999, 1],
  ...Array.from({ length: 290 }, (_, i) => i / 289),
];

test("lit values are a step of 16 bits from the formula at most, between 0 and 1, at any gain", () => {
  const rows = rowKernel(roots.length);
  let [worst, least, most] = [0, 0, 0];
  for (const gain of [-16, -5, -1, -1e-3, 1e-7, 0.1, 1, 4.5, 8, 12.5, 16]) {
    for (const other of [0, 0.01, 0.3, 1]) {
      rows.red.set(roots);
      rows.green.set(roots.map((root) => root * other));
      rows.blue.fill(other / 2);
      rows.gain.fill(gain);
      rows.light(roots.length, 1, 0, 0);
      for (const [x, root] of roots.entries()) {
        const own = [root, root * other, other / 2].map(Math.fround);
        const greatest = Math.max(...own);
        const k = Math.exp(gain);
        const lit = (k * greatest) / (k * greatest + 1 - greatest);
        const times = greatest > 0 ? decodeSrgb(lit ** 2) / decodeSrgb(greatest ** 2) : 0;
        for (const [c, value] of [rows.red[x], rows.green[x], rows.blue[x]].entries()) {
          worst = Math.max(worst, Math.abs(value - encodeSrgb(times * decodeSrgb(own[c] ** 2))));
          [least, most] = [Math.min(least, value), Math.max(most, value)];
        }
      }
    }
  }
  expect(worst).toBeLessThan(1 / 65535);
  expect([least, most]).toEqual([0, 1]);
});

test("where nothing is lit, values are the squares of the roots", () => {
  const rows = rowKernel(roots.length);
  for (const plane of [rows.red, rows.green, rows.blue]) plane.set(roots);
  rows.light(roots.length, 0, 0, 1);
  const squares = Float32Array.from(roots, (root) => Math.fround(root) ** 2);
  for (const plane of [rows.red, rows.green, rows.blue]) expect(plane.subarray(0, roots.length)).toEqual(squares);
});

const forms = [
  { form: "bytes", white: 255 },
  { form: "words", white: 65535 },
  { form: "floats", white: 1 },
] as const;

test.each(forms)("roots and alpha of $form are read at any width and number of channels", ({ form, white }) => {
  for (const width of widths) {
    for (const channels of [1, 2, 3, 4] as const) {
      const rows = rowKernel(width);
      const values = rows.samples[form].subarray(0, width * channels);
      for (const i of values.keys()) values[i] = [0, white, white * random()][i % 3];
      const given = values.slice();
      rows.readSamples(width, channels, values.BYTES_PER_ELEMENT);
      // Mixed with strengths of 0, the own roots take the place of the restored ones.
      for (const plane of [rows.red, rows.green, rows.blue]) plane.fill(0);
      rows.mix(width, 0, 0, 0.3, 0.6, 0.1, 1, 2);
      for (let x = 0; x < width; x++) {
        const root = (c: number) => Math.sqrt(given[x * channels + (channels < 3 ? 0 : c)] / white);
        for (const [c, plane] of [rows.red, rows.green, rows.blue].entries()) expect(plane[x]).toBeCloseTo(root(c), 6);
      }
      rows.light(width, 0, 0, 0);
      rows.writeSamples(width, channels, values.BYTES_PER_ELEMENT);
      for (const [i, value] of values.entries()) expect(value).toBeCloseTo(given[i], 6);
    }
  }
});

test("more noise goes where pixels are lifted: from the strength to 1 - (1 - strength)^3", () => {
  const gains = [0, 1, 1.5, 2, 4];
  const rows = rowKernel(gains.length);
  rows.samples.floats.fill(0.25);
  rows.readSamples(gains.length, 3, 4);
  for (const plane of [rows.red, rows.green, rows.blue]) plane.fill(0);
  rows.gain.set(gains);
  rows.mix(gains.length, 0.5, 0.5, 0.3, 0.6, 0.1, 1, 2);
  const removed = [0.5, 0.5, (0.5 + 0.875) / 2, 0.875, 0.875];
  for (const [i, share] of removed.entries()) {
    for (const plane of [rows.red, rows.green, rows.blue]) expect(plane[i]).toBeCloseTo(0.5 * (1 - share), 6);
  }
});

test.each(forms)("values are rounded and clipped to $form, halves upwards, at any width", ({ form, white }) => {
  for (const width of widths) {
    for (const channels of [1, 3] as const) {
      const rows = rowKernel(width);
      const value = (x: number, c: number) => {
        const edges = [0, 1, 0.5, 1e-9, 0.5 / 255, 1.5 / 65535];
        if (form !== "floats") edges.push(-0.2, 1.4);
        return Math.fround(edges[(5 * x + c) % edges.length]);
      };
      for (const [c, plane] of [rows.red, rows.green, rows.blue].entries()) {
        for (let x = 0; x < width; x++) plane[x] = value(x, channels === 1 ? 0 : c);
      }
      const written = rows.samples[form];
      rows.writeSamples(width, channels, written.BYTES_PER_ELEMENT);
      for (let i = 0; i < width * channels; i++) {
        const clipped = Math.min(Math.max(value(Math.floor(i / channels), i % channels), 0), 1);
        const expected = form === "floats" ? clipped : Math.floor(Math.fround(clipped * white) + 0.5);
        expect(written[i]).toBeCloseTo(expected, 6);
      }
    }
  }
});

test("maps keep all of their 65,536 steps", () => {
  const steps = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const rows = rowKernel(steps.length);
  for (const words of rows.mapWords) words.set(steps);
  rows.readMaps(steps.length, 65535, 65535 / 4.5);
  expect(rows.red[32768]).toBeCloseTo(32768 / 65535, 7);
  expect(rows.gain[65535]).toBeCloseTo(4.5, 6);
  for (const words of rows.mapWords) words.fill(0);
  rows.writeMaps(steps.length, 65535, 65535 / 4.5);
  for (const words of rows.mapWords) expect(steps.every((step) => words[step] === step)).toBe(true);
});
