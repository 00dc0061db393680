import { readdirSync } from "node:fs";
import { type Enhancer, openEnhancer, readPhoto } from "@kindling/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepsBrightness, keepsHighlights, keepsWhite } from "../../scripts/scenes/checks.ts";
import { drawnScenes } from "../../scripts/scenes/drawn-scenes.ts";
import { photoScenes } from "../../scripts/scenes/photo-scenes.ts";
import { hasShared, sharedPath } from "../support/shared.ts";
import { expectedFailures } from "./expected-failures.ts";
import { type BoundedPhoto, holdBounds } from "./hold-bounds.ts";

let enhancer: Enhancer;
beforeAll(async () => {
  enhancer = await openEnhancer();
});
afterAll(() => enhancer.close());

const photoAt = (path: string) => async () => (await readPhoto(path)).picture;

/** A skyline that is right as it is; its terms do not allow it in the documentation. */
const skyline: BoundedPhoto = {
  name: "cid22-169647",
  checks: [keepsBrightness, keepsWhite, keepsHighlights],
  open: photoAt(sharedPath("data/free/by-sa/cid22-169647.webp")),
};

/** Unpaired dark photographs. */
const darkPhotos: readonly BoundedPhoto[] = hasShared
  ? readdirSync(sharedPath("data/dark")).map((file) => ({
      name: `dark/${file}`,
      checks: [keepsHighlights],
      open: photoAt(sharedPath("data/dark", file)),
    }))
  : [];

const photos: readonly BoundedPhoto[] = [
  ...drawnScenes.filter(({ checks }) => checks.length > 0),
  ...photoScenes,
  ...(hasShared ? [skyline, ...darkPhotos] : []),
];
for (const photo of photos) holdBounds(photo, () => enhancer);

test.skipIf(!hasShared)("the 34 dark photographs are there, and each expected failure names a limit", () => {
  expect(darkPhotos).toHaveLength(34);
  const limits = photos.flatMap(({ name, checks }) => checks.map((check) => `${name}: ${check.name}`));
  expect(expectedFailures.filter((name) => !limits.includes(name))).toEqual([]);
});
