import type { Words } from "../i18n/words.ts";

// Drawn by the build from examples/photos; their names change with their content.
const files = import.meta.glob<string>("../../generated/samples/*", { query: "?url", import: "default", eager: true });

/** A photo to try the page with. */
export interface Sample {
  readonly file: string;
  readonly title: (say: Words) => string;
}

/** URL of a sample: the whole photo, or a small picture of it before or after. */
export function urlOfSample({ file }: Pick<Sample, "file">, part: "photo" | "before" | "after"): string {
  const name = part === "photo" ? file : `${part}-${file.replace(".jpg", ".webp")}`;
  return files[`../../generated/samples/${name}`] ?? "";
}

/** The picture of the page before a photo is open. */
export const hero: Pick<Sample, "file"> = { file: "hero.jpg" };

/** Photos to try the page with. */
export const samples: readonly Sample[] = [
  { file: "street-after-rain.jpg", title: (say) => say.sampleStreet },
  { file: "desk-by-the-window.jpg", title: (say) => say.sampleDesk },
  { file: "lantern-lane.jpg", title: (say) => say.sampleLane },
];
