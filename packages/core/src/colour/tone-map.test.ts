import { expect, test } from "vitest";
import { type ColourCoding, codingOfCicp } from "../metadata/colour-coding.ts";
import { decodeHlg, decodePq } from "./coding-transfer.ts";
import { decodeSrgb } from "./srgb.ts";
import { toneMap } from "./tone-map.ts";

const pq = codingOfCicp(9, 16) as ColourCoding;
const hlg = codingOfCicp(9, 18) as ColourCoding;

/** Linear light of one mapped pixel. */
function lightOf(coding: ColourCoding, ...samples: number[]): number[] {
  const picture = { width: 1, height: 1, channels: 3, samples: Float32Array.from(samples) } as const;
  return [...toneMap(picture, coding).samples].map(decodeSrgb);
}

test("PQ and HLG decode to the light that ITU-R BT.2408 gives for their signals", () => {
  // BT.2408-7, table 1: 203 cd/m2 are 58 % of PQ; 75 % of HLG are 203 cd/m2 on a display of 1,000.
  expect(decodePq(0.58)).toBeCloseTo(203, -1);
  expect(decodePq(1)).toBeCloseTo(10000, 6);
  expect(1000 * decodeHlg(0.75) ** 1.2).toBeCloseTo(203, 0);
  expect(decodeHlg(1)).toBeCloseTo(1, 5);
});

test("light below 0.7 of paper white stays, in PQ and HLG", () => {
  // 100 cd/m2 are 50.8 % of PQ.
  const [r, g, b] = lightOf(pq, 0.5081, 0.5081, 0.5081);
  for (const value of [r, g, b]) expect(value).toBeCloseTo(100 / 203, 2);
  const scene = decodeHlg(0.5) ** 1.2 * (1000 / 203);
  expect(lightOf(hlg, 0.5, 0.5, 0.5)[1]).toBeCloseTo(scene, 3);
});

test("highlights are drawn together up to 1,000 cd/m2, which is white, and keep their hue", () => {
  expect(lightOf(pq, 0.7518, 0.7518, 0.7518)[0]).toBeCloseTo(1, 2);
  expect(lightOf(pq, 1, 1, 1)).toEqual([1, 1, 1]);
  const [paper] = lightOf(pq, 0.5807, 0.5807, 0.5807);
  expect(paper).toBeGreaterThan(0.8);
  expect(paper).toBeLessThan(0.9);
  const [red = 0, green = 0] = lightOf(pq, 0.7, 0.6, 0.4);
  expect(green / red).toBeCloseTo(decodePq(0.6) / decodePq(0.7), 2);
});

test("lighter signals never become darker, grey and alpha are kept", () => {
  const ramp = Float32Array.from({ length: 512 }, (_, i) => (i % 2 ? 0.25 : i / 511));
  for (const coding of [pq, hlg]) {
    const { samples } = toneMap({ width: 256, height: 1, channels: 2, samples: ramp }, coding);
    for (let i = 2; i < samples.length; i += 2) expect(samples[i]).toBeGreaterThanOrEqual(samples[i - 2] ?? 0);
    expect(samples[1]).toBe(0.25);
  }
});
