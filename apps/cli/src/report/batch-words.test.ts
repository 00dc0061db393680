import { expect, test } from "vitest";
import { enhanceWords } from "./batch-words.ts";

const photo = { light: 2, megapixels: 1, seconds: 1, notes: [] };
const lineOf = (before: number, after: number) =>
  enhanceWords.line("a.png", "b.png", { ...photo, luminance: { before, after } } as never);

test("the line of a photo gives its light and its luminance, before and after", () => {
  expect(lineOf(0.1, 0.2)).toBe("a.png -> b.png  light 2.0x (+1.0 EV), luminance 10% -> 20%  (1.0 MP, 1.0 s)");
});

test("the line of a black frame gives no light, which is a ratio to nothing", () => {
  expect(lineOf(0, 0.064)).toBe("a.png -> b.png  luminance 0% -> 6.4%  (1.0 MP, 1.0 s)");
});
