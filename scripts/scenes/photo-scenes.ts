import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readPhoto } from "@kindling/node";
import { keepsBrightness, keepsHighlights, keepsWhite } from "./checks.ts";
import type { Check, Scene } from "./scene.ts";

const folder = fileURLToPath(new URL("../../../shared/data/free/", import.meta.url));

/** Whether the photographs are there: they are not part of the repository. */
export const hasPhotoScenes = existsSync(folder);

/** Photographs that anyone may use, from `../shared/data/free/cc0`; none where the folder is missing. */
export const photoScenes: readonly Scene[] = hasPhotoScenes
  ? [
      photoScene("gb82-girl", "Girl with a phone", "High key: a portrait on white.", [keepsBrightness, keepsWhite]),
      photoScene("gb82-baby", "Baby", "High key: white clothes, skin, a white background.", [
        keepsBrightness,
        keepsWhite,
      ]),
      photoScene(
        "budgie-san-francisco-skyline",
        "San Francisco",
        "A skyline at dusk that is right as it is: lit windows, a blue sky.",
        [keepsBrightness, keepsWhite, keepsHighlights],
      ),
      photoScene(
        "budgie-singaporean-cityscape",
        "Singapore",
        "A skyline at night that is right as it is: lamps and their reflections.",
        [keepsBrightness, keepsWhite, keepsHighlights],
      ),
      photoScene("gb82-city", "City night", "Lit towers under a black sky, which stays black.", [keepsHighlights]),
      photoScene("gb82-night", "Street at night", "A lit shop front in a black street.", [keepsHighlights]),
      photoScene("gb82-prudential", "Tower at night", "Lit signs and windows before a dark blue sky.", [
        keepsHighlights,
      ]),
      photoScene(
        "budgie-beacon-street-sunset",
        "Street at sunset",
        "A street in shadow before a low sun: the street may open, the sun has nothing left to give.",
        [keepsHighlights],
      ),
    ]
  : [];

function photoScene(name: string, title: string, about: string, checks: readonly Check[]): Scene {
  const file = `cc0/${name}.webp`;
  return {
    name,
    title,
    about,
    source: sourceOf(file),
    checks,
    open: async () => (await readPhoto(`${folder}${file}`)).picture,
  };
}

/** Licence and repository of a file, from its line in `licences.csv`: file, licence, source. */
function sourceOf(file: string): string {
  const line = readFileSync(`${folder}licences.csv`, "utf8")
    .split(/\r?\n/)
    .find((row) => row.startsWith(`${file},`));
  if (line === undefined) throw new Error(`${folder}licences.csv has no line for ${file}.`);
  const [, licence, source] = line.split(",");
  return `${source}, ${licence}`;
}
