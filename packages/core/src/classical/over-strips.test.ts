import { expect, test } from "vitest";
import { finish, type Steps } from "../flow/steps.ts";
import { overStrips, type Strip } from "./over-strips.ts";

function stripsOf(width: number, height: number, margin: number): Strip[] {
  const strips: Strip[] = [];
  const collect = function* (strip: Strip): Steps<void> {
    strips.push(strip);
    yield 1;
  };
  finish(overStrips(width, height, margin, collect));
  return strips;
}

test("a small picture is one strip without margins", () => {
  expect(stripsOf(100, 50, 10)).toEqual([{ first: 0, last: 50, top: 0, bottom: 50 }]);
});

test("strips follow each other, with margins inside the picture", () => {
  const strips = stripsOf(1 << 14, 150, 20);
  expect(strips.map(({ first, last }) => [first, last])).toEqual([
    [0, 64],
    [64, 128],
    [128, 150],
  ]);
  expect(strips.map(({ top, bottom }) => [top, bottom])).toEqual([
    [0, 84],
    [44, 148],
    [108, 150],
  ]);
});
