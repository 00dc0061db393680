// Measures the methods on the validation sets and writes docs/RESULTS.md.
// npm run results [-- <folder>] [--again <methods>] [--without-speed]
// Into the folder go the figures of each table as JSON, which `kindling ship --measured` takes for the cards, and the pairs made
// for them. Methods whose figures are there already are not measured again, but those that --again names, separated by commas.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { methods } from "@kindling/node";
import { comparedNetworks } from "./compared-methods.ts";
import { writePage } from "./write-page.ts";

const { values, positionals } = parseArgs({
  options: { again: { type: "string", default: "" }, "without-speed": { type: "boolean", default: false } },
  allowPositionals: true,
});
const [figures] = positionals;

const root = fileURLToPath(new URL("..", import.meta.url));
const free = join(root, "../shared/data/free");
const networks = comparedNetworks.join(" ");
const namesOf = (some: typeof methods) => some.map(({ name }) => name).join(" ");
const classical = namesOf(methods.filter(({ removesNoise }) => !removesNoise));
const few = "ember.free ember.research kind.free kind.mixed lime";
const niqe = "--niqe-model models/research/niqe/bsds.safetensors";
const [night, brackets] = ["night-pairs", "brackets"].map(
  (set) => `--pairs ../shared/data/${set} --split val --device cpu`,
);

/** A table of the page. */
interface ResultsTable {
  readonly title: string;
  readonly about: string;
  /** Arguments of the commands that make the pairs, in the folder of the tables' scratch files. */
  readonly prepare?: readonly string[];
  readonly arguments: string;
}

const tables: readonly ResultsTable[] = [
  {
    title: "Night pairs",
    about:
      "Ten real pairs, very dark and noisy against well exposed, 600x400. The last row is the dark photo itself. BM3D, which takes off noise and leaves the light, is in this table alone.",
    arguments: `${networks} ${namesOf(methods)} ../shared/data/night-pairs/low ${night} ${niqe}`,
  },
  {
    title: "Exposure brackets",
    about: "Fifty pairs of exposure brackets, under-exposed but little noisy, 512x512.",
    arguments: `${networks} ${classical} ${brackets} ${niqe}`,
  },
  {
    title: "Exposure brackets towards their fused scenes",
    about:
      "All frames of the validation scenes that are not brighter than the exposure fusion of their scene. Here and in the tables below stand Ember and, for comparison, KinD and LIME alone.",
    prepare: ["fuse --scenes ../shared/data/brackets -o fused --skip-brighter"],
    arguments: `${few} --pairs fused --split val --device cpu`,
  },
  {
    title: "Photographs darkened by the camera model",
    about:
      "The photographs of `free` that no training saw (those whose bytes of the file's name have a sum divisible by ten, in `held-back`), darkened as a whole.",
    prepare: ["synth held-back -o whole --side 640 --parts 0 --unchanged 0 --seed 5"],
    arguments: `${few} --pairs whole --device cpu`,
  },
  {
    title: "Photographs darkened in parts",
    about: "The same photographs, a part of each darkened: smooth blobs or regions, bright places spared in some.",
    prepare: ["synth held-back -o parts --side 640 --parts 1 --unchanged 0 --seed 5"],
    arguments: `${few} --pairs parts --device cpu`,
  },
  {
    title: "Night pairs at the reference's own light",
    about:
      "As in papers, with the reference: KinD takes its alpha from the reference's layers, the others reach its mean luminance. Blind figures are given beside.",
    arguments: `${few} ${night} --light reference`,
  },
  {
    title: "Dark photos without a reference",
    about: "The 34 photos of `dark`: NIQE and LOE of every method.",
    arguments: `${networks} ${classical} --photos ../shared/data/dark --device cpu ${niqe}`,
  },
];

const lead = `# Results

All methods at their defaults, measured blind on validation pairs: without the reference, unless a column or title says otherwise.
\`npm run results\` writes this page. The networks are those of \`models/\`, trained for hours on two cores, most on the training parts of
\`night-pairs\` and \`brackets\` and on synthetic pairs; their cards state what each learnt from. \`ember.free\`, the default, and \`kind.free\`
have seen neither of the two sets. The validation pairs were used to choose between trainings, LIME's default gamma and map size, and KinD's
default of \`keepHighlights\`; nothing else was tuned on them.

- **PSNR, SSIM**: of the unchanged result against the reference.
- **GT-mean PSNR, SSIM**: after scaling the result's mean luma to the reference's. This uses the reference: it separates errors of
  brightness from errors of structure and colour, and must not be compared with the columns before.
- **CIEDE2000, MAE, MSE**: colour difference in just noticeable differences; errors in levels of 0 to 255.
- **LOE**: lightness order error against the dark photo; 0 for a tone curve.
- **NIQE**: with \`models/research/niqe/bsds.safetensors\`, our own model ([card](../models/research/niqe/bsds.md)); not comparable with scores of the
  published model.
${values["without-speed"] ? "" : "- **s/image, MP/s, peak MB**: on the two cores that wrote this page, without file access; peak memory of the process.\n"}- In brackets the 95% bootstrap interval of the mean. Differences are paired, image by image, with their intervals.
`;

const seen = `## Every method on eight photos

![Eight dark photos, and below them what every method makes of each](methods.webp)

\`npm run method-sheet\` draws them, from CC0 photographs and others in the public domain. Four are at night, as they are: Singapore
([budgie-backgrounds](https://github.com/BuddiesOfBudgie/budgie-backgrounds)), stars ([pop-os wallpapers](https://github.com/pop-os/wallpapers)),
a tower and a street ([gb82-image-set](https://github.com/gianni-rosato/gb82-image-set)); \`ember.free\` learnt from the last two. Four went
through the camera model in the dark: a hallway (budgie-backgrounds), a guitar and sand (gb82-image-set), sails (Kodak).
`;

const scratch = mkdtempSync(join(tmpdir(), "kindling-results-"));
// Commands run, as the page shows them, in a folder beside `shared`.
const work = join(figures === undefined ? scratch : resolve(figures), "work");
if (!existsSync(work)) {
  mkdirSync(work, { recursive: true });
  symlinkSync(join(root, "../shared"), join(work, "../shared"));
  symlinkSync(join(root, "models"), join(work, "models"));
  linkHeldBack(join(work, "held-back"));
}

const parts = tables.map((table) => {
  for (const words of table.prepare ?? []) {
    const [, made = ""] = words.match(/ -o (\S+)/) ?? [];
    // The list of pairs is written last.
    if (!existsSync(join(work, made, "pairs.csv"))) runKindling(words.split(" "));
  }
  const file = join(scratch, "table.md");
  const speed = values["without-speed"] ? ["--without-speed"] : [];
  const words = ["evaluate", ...table.arguments.split(" "), "--markdown", file, "--overwrite", "--json", ...speed];
  const figuresFile = figures === undefined ? undefined : join(figures, `${table.title}.json`);
  const printed = runKindling([...words, ...keepKnown(figuresFile)]);
  if (figuresFile !== undefined) writeFileSync(figuresFile, printed);
  const commands = [...(table.prepare ?? []), `evaluate ${table.arguments}`].map((words) => `kindling ${words}`);
  return `## ${table.title}\n\n${table.about}\n\n\`\`\`\n${commands.join("\n")}\n\`\`\`\n\n${readFileSync(file, "utf8")}`;
});
rmSync(scratch, { recursive: true });
writePage(join(root, "docs/RESULTS.md"), [lead, seen, ...parts].join("\n"));

/** The words that keep figures of an earlier run, but those of the methods to measure again. */
function keepKnown(file: string | undefined): readonly string[] {
  if (file === undefined || !existsSync(file)) return [];
  const measured: { methods: { method: string }[] } = JSON.parse(readFileSync(file, "utf8"));
  const again = values.again.split(",");
  const known = join(scratch, "known.json");
  const methods = measured.methods.filter(({ method }) => !again.includes(method));
  writeFileSync(known, JSON.stringify({ ...measured, methods }));
  return ["--known", known];
}

/** Runs `kindling` in the folder of the pairs; returns what it prints. */
function runKindling(words: readonly string[]): Buffer {
  const kindling = join(root, "apps/cli/bin/kindling.js");
  return execFileSync(process.execPath, [kindling, ...words], { cwd: work, maxBuffer: 2 ** 28 });
}

/** Links the photographs of `free` that are kept for validation into a folder. */
function linkHeldBack(folder: string): void {
  mkdirSync(folder);
  for (const source of ["by-sa", "cc0", "unsplash"]) {
    for (const name of readdirSync(join(free, source))) {
      const sum = Buffer.from(name).reduce((total, byte) => total + byte, 0);
      if (sum % 10 === 0) symlinkSync(join(free, source, name), join(folder, `${source}-${name}`));
    }
  }
}
