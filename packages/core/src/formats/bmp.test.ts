import fc from "fast-check";
import { expect, test } from "vitest";
import { KindlingError } from "../errors.ts";
import { decodeBmp } from "./bmp.ts";

const options = { name: "a.bmp", requireSize() {} };
const little = (bytes: number, value: number) => Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 255);

interface BitmapParts {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  /** Bytes of the information header. */
  readonly header?: 12 | 40 | 56 | 64 | 124;
  readonly masks?: readonly number[];
  readonly palette?: readonly (readonly number[])[];
  readonly pixels: readonly number[];
}

/** A bitmap file of these parts; palette entries are blue, green, red. */
function bitmap({ width, height, bits, compression = 0, header = 40, masks = [], palette = [], pixels }: BitmapParts) {
  const entries = palette.flatMap((entry) => (header === 12 ? entry : [...entry, 0]));
  const info =
    header === 12
      ? [...little(4, 12), ...little(2, width), ...little(2, height), ...little(2, 1), ...little(2, bits)]
      : [
          ...[...little(4, header), ...little(4, width), ...little(4, height), ...little(2, 1), ...little(2, bits)],
          ...[...little(4, compression), ...little(4, 0), ...little(4, 0), ...little(4, 0)],
          ...[...little(4, palette.length), ...little(4, 0)],
        ];
  const rest = [...info.slice(0, header), ...masks.flatMap((mask) => little(4, mask))];
  while (rest.length < header) rest.push(0);
  const at = 14 + rest.length + entries.length;
  return Uint8Array.from([
    0x42,
    0x4d,
    ...little(4, 0),
    ...little(4, 0),
    ...little(4, at),
    ...rest,
    ...entries,
    ...pixels,
  ]);
}

const colours = [
  [1, 2, 3],
  [10, 20, 30],
  [100, 110, 120],
];
const samplesOf = (file: Uint8Array) => [...decodeBmp(file, options).pixels.samples];

test("indices of 1, 4 and 8 bits go through the palette, rows from the bottom", () => {
  const expected = [30, 20, 10, 3, 2, 1, 3, 2, 1, 30, 20, 10];
  const parts = { width: 2, height: 2, palette: colours };
  expect(samplesOf(bitmap({ ...parts, bits: 1, pixels: [0x40, 0, 0, 0, 0x80, 0, 0, 0] }))).toEqual(expected);
  expect(samplesOf(bitmap({ ...parts, bits: 4, pixels: [0x01, 0, 0, 0, 0x10, 0, 0, 0] }))).toEqual(expected);
  expect(samplesOf(bitmap({ ...parts, bits: 8, pixels: [0, 1, 0, 0, 1, 0, 0, 0] }))).toEqual(expected);
});

test("a negative height means rows from the top; OS/2 headers have palettes of three bytes or more header", () => {
  const pixels = [0, 1, 0, 0, 2, 0, 0, 0];
  const fromTop = [3, 2, 1, 30, 20, 10, 120, 110, 100, 3, 2, 1];
  const parts = { width: 2, bits: 8, palette: colours, pixels };
  expect(samplesOf(bitmap({ ...parts, height: -2 }))).toEqual(fromTop);
  const fromBottom = [...fromTop.slice(6), ...fromTop.slice(0, 6)];
  for (const header of [12, 40, 64] as const) {
    expect(samplesOf(bitmap({ ...parts, height: 2, header }))).toEqual(fromBottom);
  }
});

test("runs of 8 bits: runs, pixels one by one, jumps, and ends of rows", () => {
  const pixels = [3, 1, 0, 0, 0, 3, 2, 1, 2, 0, 0, 0, 0, 2, 1, 0, 2, 2, 0, 1];
  const { samples } = decodeBmp(
    bitmap({ width: 3, height: 3, bits: 8, compression: 1, palette: colours, pixels }),
    options,
  ).pixels;
  const red = [...samples].filter((_, i) => i % 3 === 0);
  expect(red).toEqual([3, 120, 120, 120, 30, 120, 30, 30, 30]);
});

test("runs of 4 bits alternate between two colours", () => {
  const pixels = [3, 0x12, 0, 0, 0, 3, 0x21, 0x20, 0, 1];
  const { samples } = decodeBmp(
    bitmap({ width: 3, height: 2, bits: 4, compression: 2, palette: colours, pixels }),
    options,
  ).pixels;
  expect([...samples].filter((_, i) => i % 3 === 0)).toEqual([120, 30, 120, 30, 120, 30]);
});

test("bit fields of 16 bits fill 8, and 24 bits need no padding behind the last pixel", () => {
  const masks = [0xf800, 0x07e0, 0x001f];
  const word = little(2, (31 << 11) | (32 << 5) | 0);
  const file = bitmap({ width: 1, height: 1, bits: 16, compression: 3, masks, pixels: [...word, 0, 0] });
  expect(samplesOf(file)).toEqual([255, Math.round((255 * 32) / 63), 0]);
  expect(samplesOf(bitmap({ width: 1, height: 1, bits: 24, pixels: [1, 2, 3, 0] }))).toEqual([3, 2, 1]);
});

test("the fourth byte is alpha by a mask, or where it is not zero everywhere", () => {
  const one = (alpha: number, more: Partial<BitmapParts> = {}) =>
    decodeBmp(bitmap({ width: 1, height: 1, bits: 32, pixels: [1, 2, 3, alpha], ...more }), options).pixels;
  expect(one(0)).toMatchObject({ channels: 3 });
  expect([...one(7).samples]).toEqual([3, 2, 1, 7]);
  const masks = { compression: 3, header: 56, masks: [0xff0000, 0xff00, 0xff, 0xff000000] } as const;
  expect([...one(0, masks).samples]).toEqual([3, 2, 1, 0]);
});

test("its resolution is kept; colours told without an embedded profile are left out and told", () => {
  const plain = bitmap({ width: 1, height: 1, bits: 24, header: 124, pixels: [1, 2, 3, 0] });
  const withNumbers = (...numbers: readonly (readonly [at: number, value: number])[]) => {
    const file = plain.slice();
    for (const [at, value] of numbers) file.set(little(4, value), 14 + at);
    return decodeBmp(file, options);
  };
  expect(withNumbers()).toMatchObject({ metadata: {}, notes: [] });
  expect(withNumbers([24, 11811], [28, 2835]).metadata).toEqual({ resolution: { x: 300, y: 72 } });
  const sRgb = 0x73524742;
  expect(withNumbers([56, sRgb], [60, 1]).notes).toEqual([]);
  expect(withNumbers([60, 0x28f5c28f]).notes).toEqual([
    "its endpoints and gamma are left out: its colours are read as sRGB",
  ]);
  const linked = 0x4c494e4b;
  expect(withNumbers([56, linked]).notes).toEqual([
    "its profile in another file is left out: its colours are read as sRGB",
  ]);
});

test("a palette of greys gives grey", () => {
  const palette = [0, 128, 255].map((level) => [level, level, level]);
  const { pixels } = decodeBmp(bitmap({ width: 3, height: 1, bits: 8, palette, pixels: [2, 1, 0, 0] }), options);
  expect(pixels).toMatchObject({ channels: 1, samples: Uint8Array.of(255, 128, 0) });
});

test("81 megapixels of runs take seconds, not minutes", () => {
  const side = 9000;
  const row = [...Array.from({ length: 35 }, (_, i) => [255, i % 3]).flat(), 75, 2, 0, 0];
  const pixels = new Uint8Array(side * row.length + 2);
  for (let y = 0; y < side; y++) pixels.set(row, y * row.length);
  pixels.set([0, 1], side * row.length);
  const head = bitmap({ width: side, height: side, bits: 8, compression: 1, palette: colours, pixels: [] });
  const file = new Uint8Array(head.length + pixels.length);
  file.set(head);
  file.set(pixels, head.length);
  const startedAt = process.cpuUsage();
  const { samples } = decodeBmp(file, options).pixels;
  expect(samples[3 * 255]).toBe(30);
  // Of processor time: a busy machine takes any time by the clock. It takes half a second, and took twenty.
  expect(process.cpuUsage(startedAt).user / 1e6).toBeLessThan(6);
});

test("a file cut short or changed anywhere gives a picture or one of Kindling's errors", () => {
  const whole = bitmap({
    width: 3,
    height: 2,
    bits: 4,
    compression: 2,
    palette: colours,
    pixels: [3, 18, 0, 0, 3, 33, 0, 1],
  });
  const change = fc.tuple(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255));
  fc.assert(
    fc.property(change, ([length, at, value]) => {
      const file = whole.slice(0, length);
      file[at] = value;
      const requireSize = ({ width, height }: { width: number; height: number }) => {
        if (width * height > 1e6) throw new KindlingError("too-large", "too large");
      };
      try {
        decodeBmp(file, { name: "a.bmp", requireSize });
      } catch (error) {
        expect(error).toBeInstanceOf(KindlingError);
      }
    }),
  );
});
