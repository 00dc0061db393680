import { fileURLToPath } from "node:url";
import type { Light } from "@kindling/node";

/** A photo of docs/before-after.jpg. README.md names its source and its light. */
export interface ShownPhoto {
  readonly file: string;
  readonly source: string;
  readonly light: Light;
}

const cc0 = (name: string, source: string, light: Light): ShownPhoto => ({
  file: fileURLToPath(new URL(`../../shared/data/free/cc0/${name}.webp`, import.meta.url)),
  source,
  light,
});

/** Real night photographs, CC0 or in the public domain, from left to right. Ember did not learn from the last. */
export const shownPhotos: readonly ShownPhoto[] = [
  cc0("budgie-san-francisco-skyline", "BuddiesOfBudgie/budgie-backgrounds", 2),
  cc0("gb82-prudential", "gianni-rosato/gb82-image-set", 2 ** 1.5),
  cc0("pop-ahmadreza-sajadi-10140-edit", "pop-os/wallpapers", "auto"),
];
