import { expect, test } from "vitest";
import { resultPath } from "./result-path.ts";

test("a result keeps its photo's path, with one ending more where its format is another", () => {
  const paths = ["a/night.jpg", "a/night.JPEG", "a/night.cr2", "a/scan.bmp", "a/none"];
  expect(paths.map((path) => resultPath(path, "keep", "keep"))).toEqual([
    "a/night.jpg",
    "a/night.JPEG",
    "a/night.cr2.jpg",
    "a/scan.bmp.png",
    "a/none",
  ]);
  expect(paths.map((path) => resultPath(path, "tiff", 16))).toEqual(paths.map((path) => `${path}.tif`));
  expect(resultPath("night.cr2", "keep", 16)).toBe("night.cr2.tif");
});
