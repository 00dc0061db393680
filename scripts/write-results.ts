// Measures the methods on the validation sets and writes docs/RESULTS.md.   npm run results [-- <folder>]
// Into the folder go the figures of each table as JSON, which `kindling ship --measured` takes for the cards.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { methods, openModelStore } from "@kindling/node";

const root = fileURLToPath(new URL("..", import.meta.url));
// The 8-bit form of weights is compared with their floats in docs/EMBER.md.
const networks = (await openModelStore().list())
  .filter(({ tag }) => tag !== "int8")
  .map(({ network, tag }) => `${network}.${tag}`)
  .join(" ");
const classical = methods.map(({ name }) => name).join(" ");
const niqe = "--niqe-model models/research/niqe/bsds.safetensors";
const [night, brackets] = ["night-pairs", "brackets"].map(
  (set) => `--pairs ../shared/data/${set} --split val --device cpu`,
);
const sets = [
  {
    title: "Night pairs",
    about: "Ten real pairs, very dark and noisy against well exposed, 600x400. The last row is the dark photo itself.",
    arguments: `${networks} ${classical} ../shared/data/night-pairs/low ${night} ${niqe}`,
  },
  {
    title: "Exposure brackets",
    about: "Fifty pairs of exposure brackets, under-exposed but little noisy, 512x512.",
    arguments: `${networks} ${classical} ${brackets} ${niqe}`,
  },
  {
    title: "Night pairs at the reference's own light",
    about:
      "As in papers, with the reference: KinD takes its alpha from the reference's layers, the others reach its mean luminance. Blind figures are given beside.",
    arguments: `ember kind lime ${night} --light reference`,
  },
  {
    title: "Dark photos without a reference",
    about: "The 34 photos of `dark`: NIQE and LOE.",
    arguments: `${networks} ${classical} --photos ../shared/data/dark --device cpu ${niqe}`,
  },
];

const lead = `# Results

All methods at their defaults, measured blind on validation pairs: without the reference, unless a column or title says otherwise.
\`npm run results\` writes this page. The networks are those of \`models/\`, trained for hours on two cores on the training parts of the same two sets and on
synthetic pairs; their cards state what each learnt from. \`ember.free\` has seen neither set. The validation pairs were used to choose
between trainings, LIME's default gamma and map size, and KinD's default of \`keepHighlights\`; nothing else was tuned on them.

- **PSNR, SSIM**: of the unchanged result against the reference.
- **GT-mean PSNR, SSIM**: after scaling the result's mean luma to the reference's. This uses the reference: it separates errors of
  brightness from errors of structure and colour, and must not be compared with the columns before.
- **CIEDE2000, MAE, MSE**: colour difference in just noticeable differences; errors in levels of 0 to 255.
- **LOE**: lightness order error against the dark photo; 0 for a tone curve.
- **NIQE**: with \`models/research/niqe/bsds.safetensors\`, our own model ([card](../models/research/niqe/bsds.md)); not comparable with scores of the
  published model.
- **s/image, MP/s, peak MB**: on the two cores that wrote this page, without file access; peak memory of the process.
- In brackets the 95% bootstrap interval of the mean. Differences are paired, image by image, with their intervals.
`;

const [figures] = process.argv.slice(2);
if (figures !== undefined) mkdirSync(figures, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), "kindling-results-"));
const parts = sets.map((set) => {
  const file = join(scratch, "table.md");
  const words = [...set.arguments.split(" "), "--markdown", file, "--json"];
  const kindling = join(root, "apps/cli/bin/kindling.js");
  const printed = execFileSync(process.execPath, [kindling, "evaluate", ...words], { cwd: root, maxBuffer: 2 ** 28 });
  if (figures !== undefined) writeFileSync(join(figures, `${set.title}.json`), printed);
  return `## ${set.title}\n\n${set.about}\n\n\`\`\`\nkindling evaluate ${set.arguments}\n\`\`\`\n\n${readFileSync(file, "utf8")}`;
});
rmSync(scratch, { recursive: true });
writeFileSync(join(root, "docs/RESULTS.md"), [lead, ...parts].join("\n"));
