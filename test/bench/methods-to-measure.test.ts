import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { chooseMethods, listMethods, sizesOf } from "../../bench/parts/methods-to-measure.ts";
import { nameOf } from "../../bench/parts/photos-to-measure.ts";

const all = await listMethods(fileURLToPath(new URL("../..", import.meta.url)));
const everything = { largestMP: Number.POSITIVE_INFINITY, isLargestForAll: false };

const namesOfSizes = (name: string, limits = everything) =>
  chooseMethods(all, [name]).flatMap((method) => sizesOf(method, limits).map(nameOf));

test("the default method is measured up to 100 megapixels, what else is for large photos up to 24", () => {
  expect(namesOfSizes("ember")).toEqual(["640x480", "4000x3000", "6000x4000", "11600x8700"]);
  for (const name of ["ember.int8", "lime", "gamma", "npe"]) {
    expect(namesOfSizes(name), name).toEqual(["640x480", "4000x3000", "6000x4000"]);
  }
});

test("what is slow by nature, for research alone or not brief is measured at 640x480", () => {
  for (const name of ["bm3d", "srie", "jed", "robust-retinex", "kind", "hdrnet", "ember.research", "retinex-net"]) {
    expect(namesOfSizes(name, { ...everything, isLargestForAll: true }), name).toEqual(["640x480"]);
  }
  const slowDefault = { isDefault: true, isQuick: false, isForPhotos: true };
  expect(sizesOf(slowDefault, everything).map(nameOf)).toEqual(["640x480"]);
  const facts = new Map(all.map(({ name, isQuick, isForPhotos }) => [name, [isQuick, isForPhotos]]));
  const told = ["bm3d", "ember.int8", "ember.research", "hdrnet.mixed"].map((name) => facts.get(name));
  expect(told).toEqual([
    [false, true],
    [true, true],
    [true, false],
    [false, false],
  ]);
});

test("sizes can be limited, and the largest asked for of all that are for large photos", () => {
  expect(namesOfSizes("ember", { ...everything, largestMP: 12 })).toEqual(["640x480", "4000x3000"]);
  expect(namesOfSizes("lime", { ...everything, isLargestForAll: true }).at(-1)).toBe("11600x8700");
});

test("a network's name stands for its first weights, and an unknown name is refused", () => {
  expect(chooseMethods(all, ["ember", "he"]).map(({ name }) => name)).toEqual(["ember.free", "he"]);
  expect(() => chooseMethods(all, ["magic"])).toThrow(/no method magic; there are ember\.free, /);
});
