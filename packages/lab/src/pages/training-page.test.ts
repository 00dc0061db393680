import { expect, test } from "vitest";
import type { PageScripts } from "./page-scripts.ts";
import { type TrainingFacts, trainingPage } from "./training-page.ts";

const scripts: PageScripts = {
  "theme-switch": "themeSwitch();",
  "sortable-table": "sortableTable();",
  "metric-choice": "metricChoice();",
  viewer: "viewer();",
};

const facts: TrainingFacts = {
  network: "a<b",
  version: "1.2.3",
  isRunning: true,
  stages: [{ name: "split", about: "Splits.", viewAbout: "the split", steps: 500 }],
  rows: Array.from({ length: 400 }, (_, i) => ({
    stage: "split",
    step: i + 1,
    values: { loss: 1 / (i + 1), "learning-rate": 0.1, ...(i % 100 === 99 && { "validation-psnr": i }) },
  })),
  samples: [{ name: "p", samples: [{ caption: "dark", uri: "data:image/webp;base64,AA" }] }],
  config: "network: a<b",
};

/** Points of every line. */
const pointsOf = (page: string) =>
  [...page.matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) => points.split(" ").length);

test("the page of a running training has its curves, pictures and settings, and reloads itself", () => {
  const page = trainingPage(facts, scripts);
  expect(page).toContain("Under way: split, step 400 of 500");
  expect(page).toMatch(/http-equiv="refresh" content="30"/);
  // The loss is thinned; columns that are not losses have no curve.
  expect(pointsOf(page)).toEqual([200, 4]);
  expect(page).toContain('<img src="data:image/webp;base64,AA" alt="p, dark">');
  expect(page).toContain("network: a&lt;b");
  expect(page).toContain("<title>Training a&lt;b</title>");
});

test("the page of a training at rest does not reload, and runs only the script it needs", () => {
  const page = trainingPage({ ...facts, isRunning: false, rows: [] }, scripts);
  expect(page).toContain("Not running: not begun");
  expect(page).not.toContain('http-equiv="refresh"');
  expect([...page.matchAll(/<script type="module">(.*)<\/script>/g)].map(([, text]) => text)).toEqual([
    "themeSwitch();",
  ]);
});
