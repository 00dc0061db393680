import { expect, test } from "vitest";
import { fixedPartOf, patternInSlashes } from "./glob-pattern.ts";

test.each([
  ["photos\\*.tif", "win32", "photos/*.tif"],
  ["C:\\Users\\me\\my photos\\**\\*.jpg", "win32", "C:/Users/me/my photos/**/*.jpg"],
  ["\\\\server\\share\\*.jpg", "win32", "//server/share/*.jpg"],
  ["photos/*.tif", "win32", "photos/*.tif"],
  ["night \\[1\\]/*.tif", "linux", "night \\[1\\]/*.tif"],
])("the pattern %s on %s is searched for as %s", (pattern, platform, expected) => {
  expect(patternInSlashes(pattern, platform)).toBe(expected);
});

test.each([
  ["photos/raw/*.tif", "photos/raw"],
  ["*.tif", "."],
  ["/*.tif", "/"],
  ["C:/*.tif", "C:/"],
  ["C:/Users/**/*.tif", "C:/Users"],
  ["night \\[1\\]/*.tif", "night [1]"],
])("the pattern %s is searched for below %s", (pattern, base) => {
  expect(fixedPartOf(pattern)).toBe(base);
});
