import { expect, test } from "vitest";
import { choosePhotos, licenceOf, parseTrainingPhotos } from "./training-photos.ts";

const known = parseTrainingPhotos(
  JSON.stringify({
    night: { about: "night: 50 pairs.", terms: "CC BY-NC 4.0." },
    free: { about: "free: 300 photographs of others.", terms: "CC BY-SA 4.0." },
    noisy: { about: "noisy: the same, with noise.", terms: "As those of free." },
  }),
  "photos.json",
);
const licence = (...names: string[]) => licenceOf(choosePhotos(known, names, "photos.json"));

test("a licence names every term once, each with the photographs that have it", () => {
  expect(licence("night", "noisy", "free", "night")).toBe(
    "Non-commercial research use, by the terms of the photographs it learnt from. night: CC BY-NC 4.0. noisy, free: CC BY-SA 4.0.",
  );
});

test("terms that are those of photographs which are not told say what these are", () => {
  expect(licence("noisy")).toMatch(/ noisy: CC BY-SA 4\.0\. free: 300 photographs of others\.$/);
});

test("photographs that are not described are refused by name", () => {
  expect(() => choosePhotos(known, ["dusk"], "photos.json")).toThrow(/photos\.json: .* the photographs dusk\./);
});
