import type { Finding, Summary } from "./measure-scene.ts";
import type { Check, Scene } from "./scene.ts";

/** A scene with what was measured on it. */
export interface SceneResult {
  readonly scene: Scene;
  readonly summary: Summary;
  readonly findings: readonly Finding[];
}

const lead = (command: string, method: string) => `# Scenes

Photos that are hard to light, before and after, at automatic light and the defaults of \`${method}\`. \`${command}\` writes this page and
its pictures, and measures the figures.

What is drawn is drawn by code, the same on every machine. Photographs come from collections whose terms allow any use; their source
and licence stand below them. They are not part of the repository: without \`../shared/data/free\` they are left out.

- **Levels** are samples of 8 bits, 0 to 255, as a file has them.
- **Mean** is the mean of all samples, in levels, before and after.
- **Brightness** is mean luminance in linear light, after over before: 1 is as it was, 2 one stop lighter.
- **White** is what the pixels with all three channels at 255 have become: the mean change of their samples, in levels.
- **Newly clipped** pixels have a channel at 250 or more that was below 240: what is burnt, though a curve may stop short of 255.
- **Hue** is the angle in Oklab of the mean a and b of the lit pixels, those with a channel of 16 or more: hues count by their chroma.
- **The dark part** of a backlit photo is what has a luma up to 64, its **sky** what has 153 and more.
- **A ring** around the lamp is the mean of a channel over a ring two pixels wide, less the lowest such mean further in.

\`npm run scenes -- --sheet sheet.png <photos or folders>\` draws photos of your own before and after, with their figures; \`-m\` chooses
another method, \`--columns\` and \`--tile\` the layout.

\`test/scenes/bounds.test.ts\` holds the limits. Those that are known not to be kept are listed in \`test/scenes/expected-failures.ts\`.
`;

/** The page: a table of all scenes, then each with its picture and its limits. */
export function writeScenesPage(
  results: readonly SceneResult[],
  { command, method }: Record<"command" | "method", string>,
): string {
  const rows = results.map(({ scene, summary, findings }) => {
    const kept = findings.filter(({ holds }) => holds).length;
    const ratio = Number.isNaN(summary.brightness) ? "" : summary.brightness.toFixed(2);
    const means = `${summary.meanBefore.toFixed(1)} | ${summary.meanAfter.toFixed(1)}`;
    const limits = findings.length === 0 ? "" : `${kept} of ${findings.length}`;
    return `| [${scene.title}](#${anchorOf(scene.title)}) | ${means} | ${ratio} | ${summary.clipped.toFixed(2)} | ${limits} |`;
  });
  const table = [
    "| scene | mean before | mean after | brightness | newly clipped, % | limits kept |",
    "| --- | ---: | ---: | ---: | ---: | --- |",
    ...rows,
  ];
  return [lead(command, method), `${table.join("\n")}\n`, ...results.map(section)].join("\n");
}

function section({ scene, findings }: SceneResult): string {
  const source = scene.source === undefined ? "" : `\n_Photograph: ${scene.source}._\n`;
  const measured = findings.map(
    ({ check, value, holds }) =>
      `| ${check.name} | ${limitOf(check)} | ${figure(value, check)} | ${holds ? "yes" : "**no**"} |`,
  );
  const table =
    measured.length === 0
      ? ""
      : `\n${["| measured | limit | figure | kept |", "| --- | --- | ---: | --- |", ...measured].join("\n")}\n`;
  return `## ${scene.title}\n\n${scene.about}\n\n![Before and after](scenes/${scene.name}.webp)\n${source}${table}`;
}

/** The limits of a check in words. */
export function limitOf({ atLeast, atMost, unit }: Check): string {
  if (atLeast !== undefined && atMost !== undefined) return `within ${atMost}${unit}`;
  return atMost === undefined ? `at least ${atLeast}${unit}` : `at most ${atMost}${unit}`;
}

function figure(value: number, { unit, atLeast }: Check): string {
  const sign = value > 0 && atLeast !== undefined ? "+" : "";
  return `${sign}${Number.isInteger(value) ? value : value.toFixed(2)}${unit}`;
}

/** The anchor that GitHub gives a heading. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}
