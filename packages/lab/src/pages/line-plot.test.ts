import { ciede2000, createPicture } from "@kindling/core";
import { expect, test } from "vitest";
import { linePlot, linePlotFile } from "./line-plot.ts";
import { palette } from "./page-style.ts";

/** Rows of a matrix of linear red, green and blue. */
type Vision = readonly (readonly [number, number, number])[];

/** How colours look without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1. */
const visions: Readonly<Record<string, Vision>> = {
  "all cones": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIEDE2000 of thin lines that nobody confuses; the colours of the palette that come closest without a kind of cone differ by 1.8. */
const apart = 10;

const options = { across: "steps", up: "PSNR, dB", logarithmic: false };
const linesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `line ${i}`, points: [{ x: 0, y: i }] }));

/** Colour and dashes of every line, as drawn and as in the legend. */
function looksOf(html: string) {
  const look = (tag: string) => ({
    colour: /color:([^"]+)"/.exec(tag)?.[1] ?? "",
    dash: /stroke-dasharray="([^"]+)"/.exec(tag)?.[1],
  });
  const drawn = [...html.matchAll(/<g style="color:[^>]*><polyline [^>]*>/g)].map(([tag]) => look(tag));
  const legend = [...html.matchAll(/<line style="color:[^>]*>/g)].map(([tag]) => look(tag));
  return { drawn, legend };
}

test("of sixteen lines no two share dashes and a colour that a colour-vision deficiency confuses", () => {
  const { drawn, legend } = looksOf(linePlot(linesOf(16), options).text);
  expect(drawn).toHaveLength(16);
  expect(legend).toEqual(drawn);
  const compared = new Set<string>();
  for (const [i, one] of drawn.entries()) {
    for (const [j, other] of drawn.slice(0, i).entries()) {
      const pair = [one.colour, other.colour].join();
      if (one.dash !== other.dash || compared.has(pair)) continue;
      compared.add(pair);
      for (const [vision, matrix] of Object.entries(visions)) {
        for (const theme of [0, 1] as const) {
          const [a, b] = [one, other].map(({ colour }) => seenAs(matrix, hexOf(colour, theme)));
          expect(ciede2000(a!, b!), `lines ${i} and ${j}, ${vision}`).toBeGreaterThan(apart);
        }
      }
    }
  }
});

test("of 48 lines no two look the same, in the file as on a page", () => {
  const { drawn, legend } = looksOf(linePlotFile(linesOf(48), options));
  expect(legend).toEqual(drawn);
  expect(new Set(drawn.map((look) => JSON.stringify(look))).size).toBe(48);
});

test("eight lines are solid, and the legend has dots of their colours", () => {
  const file = linePlotFile(linesOf(8), options);
  expect(file).not.toContain("stroke-dasharray");
  expect(new Set(looksOf(file).drawn.map(({ colour }) => colour)).size).toBe(8);
  expect(file.match(/<circle cx="67" [^>]*r="4"/g)).toHaveLength(8);
  expect(linePlot(linesOf(8), options).text.match(/class="swatch"/g)).toHaveLength(8);
});

test("places left of 0 are labelled where a line has points there, and only there", () => {
  const labels = (from: number) => {
    const points = [from, from + 2, from + 4].map((x) => ({ x, y: 1 }));
    const file = linePlotFile([{ name: "a line", points }], options);
    return [...file.matchAll(/text-anchor="middle">(-?[\d.]+)</g)].map(([, label]) => Number(label));
  };
  expect(labels(-7)).toEqual(expect.arrayContaining([-7, -5, -3]));
  expect(Math.min(...labels(0))).toBe(0);
});

function hexOf(colour: string, theme: 0 | 1): string {
  return palette[colour.replace(/^var\(--|\)$/g, "")]![theme];
}

function seenAs(matrix: Vision, hex: string) {
  const picture = createPicture(1, 1, 3);
  const encoded = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const light = encoded.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  for (const [i, row] of matrix.entries()) {
    const seen = row.reduce((sum, weight, c) => sum + weight * light[c]!, 0);
    const value = Math.min(Math.max(seen, 0), 1);
    picture.samples[i] = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  }
  return picture;
}

test("places that are counted have no ticks between whole numbers, measures have", () => {
  const ticksOf = (step: number) => {
    const points = [1, 2, 3].map((x) => ({ x: x * step, y: x }));
    const text = linePlotFile([{ name: "line", points }], options);
    return [...text.matchAll(/text-anchor="middle">([\d.]+)<\/text>/g)].map(([, tick]) => Number(tick));
  };
  expect(ticksOf(1)).toEqual([1, 2, 3]);
  expect(ticksOf(0.9).some((tick) => !Number.isInteger(tick))).toBe(true);
});
