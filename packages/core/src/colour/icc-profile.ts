import { asciiBytes, concatBytes, viewOf } from "../metadata/byte-list.ts";
import type { CodingCurve, ColourCoding } from "../metadata/colour-coding.ts";
import { formulaOfCurve } from "./coding-transfer.ts";
import { adaptToD50, d50, rgbToD50 } from "./primaries.ts";

/** A coding of standard range. */
export interface StandardCoding extends ColourCoding {
  readonly curve: Exclude<CodingCurve, "pq" | "hlg">;
}

/**
 * Writes an ICC profile that means the same as a coding: three primaries and one curve, or for grey the curve alone.
 *
 * Version 4.4, display class, connection space XYZ. Source: ICC.1:2022, 8.4.
 *
 * @param channels colours of the picture it is for.
 */
export function writeProfile({ primaries, curve }: StandardCoding, channels: 1 | 3): Uint8Array {
  const tone = curveTag(curve);
  const colour = rgbToD50(primaries);
  const text = (words: string) => textTag(words);
  const tags: [signature: string, data: Uint8Array][] = [
    ["desc", text(describe(curve))],
    ["cprt", text("No copyright, use freely")],
    ["wtpt", xyzTag(d50)],
    ["chad", numbersTag("sf32", rowsOf(adaptToD50(primaries.white)))],
    ...(channels === 1
      ? [["kTRC", tone] as [string, Uint8Array]]
      : (["r", "g", "b"] as const).flatMap((name, i): [string, Uint8Array][] => [
          [`${name}XYZ`, xyzTag(colour.slice(3 * i, 3 * i + 3))],
          [`${name}TRC`, tone],
        ])),
  ];
  return assemble(channels === 1 ? "GRAY" : "RGB ", tags);
}

function assemble(space: string, tags: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const table = new Uint8Array(4 + 12 * tags.length);
  viewOf(table).setUint32(0, tags.length);
  const places = new Map<Uint8Array, number>();
  const bodies: Uint8Array[] = [];
  let at = 128 + table.length;
  for (const [i, [signature, data]] of tags.entries()) {
    // Curves that are the same stand in the file once.
    if (!places.has(data)) {
      places.set(data, at);
      const padded = concatBytes(data, new Uint8Array(-data.length & 3));
      bodies.push(padded);
      at += padded.length;
    }
    table.set(asciiBytes(signature), 4 + 12 * i);
    viewOf(table).setUint32(8 + 12 * i, places.get(data) ?? 0);
    viewOf(table).setUint32(12 + 12 * i, data.length);
  }
  const header = new Uint8Array(128);
  const view = viewOf(header);
  view.setUint32(0, at);
  view.setUint32(8, 0x04400000);
  header.set(asciiBytes(`mntr${space}XYZ `), 12);
  // A date is required; the profile is the same whenever it is written.
  for (const [i, part] of [2026, 1, 1, 0, 0, 0].entries()) view.setUint16(24 + 2 * i, part);
  header.set(asciiBytes("acsp"), 36);
  header.set(fixed(d50), 68);
  return concatBytes(header, table, ...bodies);
}

function describe(curve: StandardCoding["curve"]): string {
  const tone = typeof curve === "object" ? `gamma ${Number(curve.gamma.toFixed(3))}` : curve;
  return `As told by the photo (${tone})`;
}

/** Text in one language. */
function textTag(words: string): Uint8Array {
  const letters = Uint8Array.from(words, (letter) => letter.charCodeAt(0));
  const wide = new Uint8Array(2 * letters.length);
  letters.forEach((letter, i) => {
    wide[2 * i + 1] = letter;
  });
  const head = new Uint8Array(28);
  const view = viewOf(head);
  head.set(asciiBytes("mluc"));
  view.setUint32(8, 1);
  view.setUint32(12, 12);
  head.set(asciiBytes("enUS"), 16);
  view.setUint32(20, wide.length);
  view.setUint32(24, 28);
  return concatBytes(head, wide);
}

function curveTag(curve: StandardCoding["curve"]): Uint8Array {
  const formula = formulaOfCurve(curve);
  const kind = new Uint8Array(4);
  if (typeof formula === "number") return concatBytes(asciiBytes("para\0\0\0\0"), kind, fixed([formula]));
  viewOf(kind).setUint16(0, 3);
  const { gamma, a, b, c, d } = formula;
  return concatBytes(asciiBytes("para\0\0\0\0"), kind, fixed([gamma, a, b, c, d]));
}

function xyzTag(xyz: readonly number[]): Uint8Array {
  return numbersTag("XYZ ", xyz);
}

function numbersTag(type: string, numbers: readonly number[]): Uint8Array {
  return concatBytes(asciiBytes(`${type}\0\0\0\0`), fixed(numbers));
}

/** A matrix row after row. */
function rowsOf(columns: readonly number[]): number[] {
  return [0, 3, 6, 1, 4, 7, 2, 5, 8].map((i) => columns[i]);
}

/** Numbers as signed 16.16 fixed point. */
function fixed(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(4 * numbers.length);
  for (const [i, value] of numbers.entries()) viewOf(bytes).setInt32(4 * i, Math.round(value * 65536));
  return bytes;
}
