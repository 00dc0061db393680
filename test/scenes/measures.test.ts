import { createPicture, decodeSrgb, encodeSrgb, type Picture } from "@kindling/node";
import { describe, expect, test } from "vitest";
import { drawBacklitFigure } from "../../scripts/scenes/drawings/draw-backlit-figure.ts";
import { drawFlat } from "../../scripts/scenes/drawings/draw-flat.ts";
import { drawLamp } from "../../scripts/scenes/drawings/draw-lamp.ts";
import { drawSensorNoise } from "../../scripts/scenes/drawings/draw-sensor-noise.ts";
import { drawStillLife } from "../../scripts/scenes/drawings/draw-still-life.ts";
import { brightestBackground } from "../../scripts/scenes/measures/brightest-background.ts";
import { brightnessRatio } from "../../scripts/scenes/measures/brightness-ratio.ts";
import { changeOfMean } from "../../scripts/scenes/measures/change-of-mean.ts";
import { hueShift } from "../../scripts/scenes/measures/hue-shift.ts";
import { largestBlockChange } from "../../scripts/scenes/measures/largest-block-change.ts";
import { largestChange } from "../../scripts/scenes/measures/largest-change.ts";
import { levelsOf } from "../../scripts/scenes/measures/levels.ts";
import { meanAbsoluteChange } from "../../scripts/scenes/measures/mean-absolute-change.ts";
import { meanWhiteChange } from "../../scripts/scenes/measures/mean-white-change.ts";
import { newlyClipped } from "../../scripts/scenes/measures/newly-clipped.ts";
import { ringRise } from "../../scripts/scenes/measures/ring-rise.ts";

/** The picture with each sample replaced; `i` is its index, three a pixel. */
function changed(picture: Picture, change: (sample: number, i: number) => number): Picture {
  return { ...picture, samples: picture.samples.map(change) };
}

/** A picture of one row, from levels of 0 to 255. */
function row(...levels: number[]): Picture {
  const picture = createPicture(levels.length / 3, 1, 3);
  picture.samples.set(levels.map((level) => level / 255));
  return picture;
}

const measured = <Result>(measure: (a: ReturnType<typeof levelsOf>, b: typeof a) => Result, a: Picture, b: Picture) =>
  measure(levelsOf(a), levelsOf(b));

describe("changes", () => {
  test("the largest change keeps its sign", () => {
    expect(measured(largestChange, row(5, 5, 5), row(6, 5, 1))).toBe(-4);
  });

  test("noise that is removed changes samples, but hardly a mean over blocks; one lifted block does", () => {
    const noise = drawSensorNoise();
    const mean = noise.samples.reduce((sum, sample) => sum + sample, 0) / noise.samples.length;
    const smooth = changed(noise, () => mean);
    expect(Math.abs(measured(changeOfMean, noise, smooth))).toBeLessThan(0.5);
    expect(measured(meanAbsoluteChange, noise, smooth)).toBeGreaterThan(1);
    expect(Math.abs(measured(largestChange, noise, smooth))).toBeGreaterThan(10);
    const lifted = changed(noise, (sample, i) => (i % 960 < 24 && i < 960 * 8 ? sample + 6 / 255 : sample));
    expect(measured(largestBlockChange, noise, lifted)).toBeCloseTo(6);
  });
});

test("brightness is in linear light, of the pixels that the photo's luma chooses", () => {
  const before = row(100, 100, 100, 20, 20, 20, 200, 200, 200);
  const doubled = changed(before, (sample) => encodeSrgb(2 * decodeSrgb(sample)));
  expect(
    measured(
      brightnessRatio,
      row(100, 100, 100),
      changed(row(100, 100, 100), () => 137 / 255),
    ),
  ).toBeCloseTo(1.99, 1);
  const dark = brightnessRatio(levelsOf(before), levelsOf(doubled), { atMost: 64 });
  expect(dark).toBeGreaterThan(1.9);
  expect(dark).toBeLessThan(2.1);
  expect(brightnessRatio(levelsOf(before), levelsOf(doubled), { atLeast: 153 })).toBeLessThan(1.8);
  expect(measured(brightnessRatio, drawFlat(0), drawFlat(9))).toBeNaN();
});

test("white counts where all three channels are white", () => {
  expect(measured(meanWhiteChange, row(255, 255, 255, 255, 9, 9), row(250, 252, 254, 0, 0, 0))).toBe(-3);
  expect(measured(meanWhiteChange, row(255, 255, 9), row(0, 0, 0))).toBeNaN();
});

test("a burnt channel counts once a pixel, and not where it was burnt before", () => {
  const before = row(239, 239, 0, 240, 0, 0, 100, 0, 0, 100, 0, 0);
  expect(measured(newlyClipped, before, row(250, 255, 0, 255, 0, 0, 249, 0, 0, 100, 0, 0))).toBe(25);
});

describe("hue", () => {
  test.each([
    ["red", drawStillLife([0.35, 0, 0])],
    ["blue", drawStillLife([0.125, 0.025, 0.4])],
  ])("of %s light stays as it is at four times the exposure", (_, picture) => {
    const exposed = changed(picture, (sample) => encodeSrgb(4 * decodeSrgb(sample)));
    expect(Math.abs(measured(hueShift, picture, exposed))).toBeLessThan(2);
  });

  test("turns with colour: red towards orange, blue towards violet, across the half turn of the angle", () => {
    expect(measured(hueShift, row(200, 0, 0), row(200, 100, 0))).toBeGreaterThan(15);
    expect(measured(hueShift, row(40, 0, 200), row(140, 0, 200))).toBeGreaterThan(15);
    const [green, other] = [row(0, 200, 150), row(0, 200, 190)];
    expect(Math.abs(measured(hueShift, green, other))).toBeLessThan(60);
  });
});

describe("around a lamp", () => {
  const lamp = drawLamp();

  test("the drawn lamp itself has black surroundings and no ring", () => {
    expect(measured(brightestBackground, lamp, lamp)).toBe(1);
    expect(measured(ringRise, lamp, lamp)).toBeLessThan(0.1);
  });

  test("a lifted background and a ring are found", () => {
    const lifted = changed(lamp, (sample) => sample + 30 / 255);
    expect(measured(brightestBackground, lamp, lifted)).toBe(31);
    const ringed = changed(lamp, (sample, i) => {
      const [x, y] = [Math.floor(i / 3) % 320, Math.floor(i / 960)];
      const distance = Math.hypot(x - 160, y - 120);
      return distance > 90 && distance < 96 ? sample + 12 / 255 : sample;
    });
    expect(measured(ringRise, lamp, ringed)).toBeGreaterThan(8);
  });
});

test("the backlit figure has a dark part and a sky, and the mean of a photo that is well exposed", () => {
  const { rgb } = levelsOf(drawBacklitFigure());
  const luma = Array.from({ length: rgb.length / 3 }, (_, i) => (rgb[3 * i] + rgb[3 * i + 1] + rgb[3 * i + 2]) / 3);
  const share = (isIn: (value: number) => boolean) => luma.filter(isIn).length / luma.length;
  expect(share((value) => value < 64)).toBeGreaterThan(0.3);
  expect(share((value) => value > 160)).toBeGreaterThan(0.4);
  expect(luma.reduce((sum, value) => sum + value, 0) / luma.length).toBeGreaterThan(100);
});
