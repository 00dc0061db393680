import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { meanLuminance, readPhoto } from "@kindling/node";
import { expect, test } from "vitest";
import { samplePairs } from "../examples/sample-pairs.ts";
import { shownPhotos } from "../scripts/shown-photos.ts";
import { scratchFolder } from "./support/run-kindling.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the README's first command enhances the sample photos, each brighter and nearer to its bright reference", async () => {
  const [, words = ""] = /^npm install && npx (kindling .+) -o enhanced$/m.exec(readme) ?? [];
  const out = scratchFolder();
  execFileSync("npx", [...words.split(" "), "-o", out], { cwd: root });
  expect(samplePairs.length).toBeGreaterThanOrEqual(6);
  for (const { photo, reference } of samplePairs) {
    const [dark, lit, bright] = [
      await readPhoto(photo),
      await readPhoto(join(out, basename(photo))),
      await readPhoto(reference),
    ].map(({ picture }) => meanLuminance(picture));
    if (dark === undefined || lit === undefined || bright === undefined) throw new Error("three photos were read");
    expect(lit).toBeGreaterThan(2 * dark);
    // In stops, as people see light.
    expect(Math.abs(Math.log2(lit / bright))).toBeLessThan(Math.abs(Math.log2(dark / bright)));
  }
});

test("the README's second command is the test command", () => {
  expect(readme).toMatch(/^npm install && npm test$/m);
});

test("the README names the source and the light of each photograph it shows, in their order", () => {
  const caption = /^_Photographs [\s\S]*?_$/m.exec(readme)?.[0] ?? "";
  const named = [...caption.matchAll(/\(https:\/\/github\.com\/(\S+)\)\)\s+at\s+(?:`--light (\S+)`|automatic light)/g)];
  expect(named.map(([, source, light]) => ({ source, light }))).toEqual(
    shownPhotos.map(({ source, light }) => ({ source, light: light === "auto" ? undefined : inStops(light) })),
  );
});

const inStops = (light: number) => `+${Number(Math.log2(light).toFixed(2))}ev`;

test("the README of @kindling/browser shows its example", () => {
  const [shown, example] = ["README.md", "example/main.js"].map((name) =>
    readFileSync(join(root, "packages/browser", name), "utf8"),
  );
  expect(shown).toContain(example);
});
