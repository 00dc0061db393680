import { KindlingError } from "@kindling/core";
import { describe, expect, test } from "vitest";
import { decodeRadiance } from "./decode-radiance.ts";

const header = (size: string, format = "32-bit_rle_rgbe") => `#?RADIANCE\n# made here\nFORMAT=${format}\n\n${size}\n`;
const file = (text: string, bytes: readonly number[]) => Uint8Array.from([...new TextEncoder().encode(text), ...bytes]);

/** Eight pixels of one colour, packed in runs, then eight of rising red. */
const packed = file(header("-Y 2 +X 8"), [
  ...[2, 2, 0, 8, 136, 128, 136, 64, 136, 0, 136, 129],
  ...[2, 2, 0, 8, 8, 0, 16, 32, 48, 64, 80, 96, 112, 136, 0, 136, 0, 136, 138],
]);

const codeOf = (bytes: Uint8Array) => {
  try {
    decodeRadiance(bytes, "a.hdr");
  } catch (error) {
    return error instanceof KindlingError ? `${error.code} ${error.message}` : error;
  }
  return "read";
};

describe("Radiance pictures", () => {
  test("runs and rows of bytes give the light of mantissa and exponent", () => {
    const { width, height, samples } = decodeRadiance(packed, "a.hdr");
    expect([width, height]).toEqual([8, 2]);
    expect([...samples.slice(0, 6)]).toEqual([1, 0.5, 0, 1, 0.5, 0]);
    expect([...samples.slice(24, 33)]).toEqual([0, 0, 0, 64, 0, 0, 128, 0, 0]);
  });

  test("flat pixels are read too, and an exponent of zero is black", () => {
    const { samples } = decodeRadiance(file(header("-Y 1 +X 2"), [128, 64, 32, 129, 9, 9, 9, 0]), "a.hdr");
    expect([...samples]).toEqual([1, 0.5, 0.25, 0, 0, 0]);
  });

  test("what is no such picture, or not whole, is refused by name", () => {
    expect(codeOf(file("P6\n\n", []))).toMatch(/^not-a-photo a\.hdr: not a Radiance picture/);
    expect(codeOf(file(header("+X 8 -Y 2"), []))).toMatch(/^unsupported a\.hdr: its size is "\+X 8 -Y 2"/);
    expect(codeOf(file(header("-Y 1 +X 1", "32-bit_rle_xyze"), []))).toMatch(/^unsupported a\.hdr: FORMAT=/);
    expect(codeOf(file(header("-Y 99999 +X 99999"), []))).toMatch(/^too-large/);
    expect(codeOf(packed.slice(0, -1))).toMatch(/^damaged a\.hdr: its data end too early/);
    expect(codeOf(file(header("-Y 1 +X 8"), [2, 2, 0, 8, 140, 1]))).toMatch(/^damaged a\.hdr: a run/);
  });
});
