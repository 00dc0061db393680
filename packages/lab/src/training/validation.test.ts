import { createPicture, KindlingError } from "@kindling/core";
import { expect, test } from "vitest";
import type { PhotoReader } from "../data/photo-source.ts";
import { readValidationPairs } from "./validation.ts";

const pairOf = (name: string) => ({ name, low: `low/${name}`, normal: `normal/${name}` });
const photos: PhotoReader = {
  // The names of a source are its pairs; a split takes those that begin with it.
  findPairs: async (source, split = "") => {
    const names = source.split(" ").filter((name) => name.startsWith(split));
    return { pairs: names.map(pairOf), failures: [] };
  },
  listPhotos: async () => [],
  readPhoto: async () => ({ picture: createPicture(12, 12, 3), depth: 8 }),
};
const namesOf = async (sources: string[], training: { pairs: string[]; split?: string }, count = 9) =>
  (await readValidationPairs(photos, { sources, count, sidePx: 12 }, training)).map(({ name }) => name);

test("pairs of a folder that are trained on are not measured", async () => {
  expect(await namesOf(["a1 a2 b1 b2"], { pairs: ["a1 a2 b1 b2", "c1"], split: "a" })).toEqual(["b1", "b2"]);
});

test("where all are trained on, these are measured, and known as such", async () => {
  expect(await namesOf(["a1 a2"], { pairs: ["a1 a2"] })).toEqual(["a1", "a2"]);
  for (const [sources, isTrainedOn] of [
    ["a1 a2", true],
    ["a1 a2 b1", false],
  ] as const) {
    const read = readValidationPairs(photos, { sources: [sources], count: 9, sidePx: 12 }, { pairs: ["a1 a2"] });
    expect(new Set((await read).map((pair) => pair.isTrainedOn))).toEqual(new Set([isTrainedOn]));
  }
});

test("the error names --validate where the pairs lack its split", async () => {
  const none = {
    ...photos,
    findPairs: () => Promise.reject(new KindlingError("not-found", "lol: no pairs of the split val.")),
  };
  const reading = readValidationPairs(
    none,
    { sources: ["lol"], split: "val", count: 1, sidePx: 12 },
    { pairs: ["lol"] },
  );
  await expect(reading).rejects.toThrow(
    "--validate val: expected a folder of pairs, or a split of --pairs. lol: no pairs of the split val.",
  );
});

test("of many pairs some are measured, evenly spread", async () => {
  expect(await namesOf(["a1 a2 a3 a4 a5 a6"], { pairs: [] }, 3)).toEqual(["a1", "a3", "a5"]);
});
