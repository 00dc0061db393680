import type { Words } from "../i18n/words.ts";

/** Photos to try the page with; the build copies them, and thumbnails, from examples/photos. */
export const samples: readonly { readonly file: string; readonly title: (say: Words) => string }[] = [
  { file: "street-after-rain.jpg", title: (say) => say.sampleStreet },
  { file: "desk-by-the-window.jpg", title: (say) => say.sampleDesk },
  { file: "lantern-lane.jpg", title: (say) => say.sampleLane },
];
