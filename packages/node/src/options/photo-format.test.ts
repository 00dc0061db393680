import { expect, test } from "vitest";
import { photoFormatOption } from "./photo-format.ts";

test("other names of formats are understood, in capitals too", () => {
  const option = photoFormatOption("keep");
  const given = ["jpg", "JPEG", "tif", "heif", "keep", "webp"];
  expect(given.map((name) => option.parse(name))).toEqual(["jpeg", "jpeg", "tiff", "avif", "keep", "webp"]);
});

test("a format that is not written is refused with those that are", () => {
  expect(() => photoFormatOption().parse("heic")).toThrow(/expected jpeg, png, webp, avif, tiff/);
});
