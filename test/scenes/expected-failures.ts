/** Limits that the shipped weights are known not to keep, as `<scene>: <check>`; without any, all are kept. */
export const expectedFailures: readonly string[] = [
  "noise: largest change of a mean over 8x8 pixels",
  "text: mean change of a sample",
  "stage-blue: turn of hue",
  "budgie-san-francisco-skyline: change of mean brightness",
  "budgie-singaporean-cityscape: change of mean brightness",
  "cid22-169647: change of mean brightness",
  "dark/difficult-1482.png: newly clipped pixels",
  "dark/difficult-2850.png: newly clipped pixels",
  "dark/difficult-644.png: newly clipped pixels",
  "dark/difficult-645.png: newly clipped pixels",
  "dark/medium-2064.jpg: newly clipped pixels",
  "dark/medium-3020.jpg: newly clipped pixels",
];
