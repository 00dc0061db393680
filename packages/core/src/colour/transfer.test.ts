import fc from "fast-check";
import { expect, test } from "vitest";
import { asciiBytes, concatBytes, viewOf } from "../metadata/byte-list.ts";
import { srgbTransfer, transferOfProfile } from "./transfer.ts";

/** A profile that holds nothing but one tag. */
function profileWith(signature: string, tag: Uint8Array): Uint8Array {
  const table = new Uint8Array(16);
  viewOf(table).setUint32(0, 1);
  table.set(asciiBytes(signature), 4);
  viewOf(table).setUint32(8, 144);
  viewOf(table).setUint32(12, tag.length);
  return concatBytes(new Uint8Array(128), table, tag);
}

function curve(...values: readonly number[]): Uint8Array {
  const tag = concatBytes(asciiBytes("curv\0\0\0\0"), new Uint8Array(4 + values.length * 2));
  viewOf(tag).setUint32(8, values.length);
  for (const [i, value] of values.entries()) viewOf(tag).setUint16(12 + i * 2, value);
  return tag;
}

function formula(kind: number, ...parameters: readonly number[]): Uint8Array {
  const tag = concatBytes(asciiBytes("para\0\0\0\0"), new Uint8Array(4 + parameters.length * 4));
  viewOf(tag).setUint16(8, kind);
  for (const [i, value] of parameters.entries()) viewOf(tag).setInt32(12 + i * 4, Math.round(value * 65536));
  return tag;
}

test("Adobe RGB's curve is a gamma of 563/256", () => {
  const { toLinear, fromLinear } = transferOfProfile(profileWith("gTRC", curve(563)));
  expect(toLinear(0.5)).toBeCloseTo(0.5 ** (563 / 256), 10);
  expect(fromLinear(0.25)).toBeCloseTo(0.25 ** (256 / 563), 8);
});

test("sRGB's formula, as Display P3 profiles write it, equals sRGB's transfer", () => {
  const { toLinear } = transferOfProfile(
    profileWith("gTRC", formula(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)),
  );
  for (const value of [0, 0.02, 0.04, 0.05, 0.3, 1])
    expect(toLinear(value)).toBeCloseTo(srgbTransfer.toLinear(value), 4);
});

test("a table is interpolated, and a grey profile's curve counts", () => {
  const { toLinear, fromLinear } = transferOfProfile(profileWith("kTRC", curve(0, 10000, 65535)));
  expect(toLinear(0.25)).toBeCloseTo(5000 / 65535, 8);
  expect(toLinear(0.75)).toBeCloseTo((10000 + 65535) / 2 / 65535, 8);
  expect(fromLinear(5000 / 65535)).toBeCloseTo(0.25, 8);
});

test.each([
  ["no profile", undefined],
  ["an empty one", new Uint8Array(0)],
  ["one cut short", profileWith("gTRC", curve(563)).subarray(0, 150)],
  ["a table cut short", profileWith("gTRC", curve(0, 1, 2).subarray(0, 14))],
  ["a falling curve", profileWith("gTRC", curve(65535, 0))],
  ["a curve that stays black", profileWith("gTRC", curve(0, 0, 0))],
])("%s is taken as sRGB", (_, profile) => {
  expect(transferOfProfile(profile)).toBe(srgbTransfer);
});

test("whatever bytes come, there is a transfer that rises", () => {
  fc.assert(
    fc.property(fc.constantFrom("curv", "para"), fc.uint8Array({ minLength: 8, maxLength: 60 }), (kind, rest) => {
      const { toLinear } = transferOfProfile(profileWith("gTRC", concatBytes(asciiBytes(kind), rest)));
      expect(toLinear(0.75)).toBeGreaterThanOrEqual(toLinear(0.25));
    }),
  );
});
