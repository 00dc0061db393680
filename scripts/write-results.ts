// Measures the methods on the validation sets and writes docs/RESULTS.md.   npm run results
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const methods = "lime gamma clahe msrcr msr ssr he ahe";
const sets = [
  {
    title: "Night pairs",
    about: "Ten real pairs, very dark and noisy against well exposed, 600x400.",
    arguments: `${methods} ../shared/data/night-pairs/low --pairs ../shared/data/night-pairs --split val --niqe-model models/niqe/bsds.safetensors`,
  },
  {
    title: "Exposure brackets",
    about: "Fifty pairs of exposure brackets, under-exposed but little noisy, 512x512.",
    arguments: `${methods} --pairs ../shared/data/brackets --split val --niqe-model models/niqe/bsds.safetensors`,
  },
];

const lead = `# Results

What the classical methods give, out of the box, on validation pairs. LIME's default gamma and map size were chosen by these very
pairs; nothing else was tuned on them. \`npm run results\` writes this page.

- **PSNR, SSIM**: against the reference, as the result came.
- **GT-mean PSNR, SSIM**: after the result's mean luma was scaled to the reference's. This uses the reference: it tells wrong
  brightness from wrong structure and colour, and must not be compared with the column before.
- **CIEDE2000, MAE, MSE**: colour difference in just noticeable steps; errors in levels of 0 to 255.
- **LOE**: how much of the dark photo's order of lightness was changed; 0 for a tone curve.
- **NIQE**: against \`models/niqe/bsds.safetensors\`, a model of our own making ([card](../models/niqe/bsds.md)); it is not
  comparable with scores by the published model.
- In brackets the 95% bootstrap interval of the mean. Differences are paired, image by image, with theirs.

Speed and memory are in the report that \`kindling evaluate --html\` writes; they belong to a quiet machine and are not told here.
`;

const scratch = mkdtempSync(join(tmpdir(), "kindling-results-"));
const parts = sets.map((set) => {
  const file = join(scratch, "table.md");
  const words = [...set.arguments.split(" "), "--without-speed", "--markdown", file];
  execFileSync(process.execPath, [join(root, "apps/cli/bin/kindling.js"), "evaluate", ...words], { cwd: root });
  return `## ${set.title}\n\n${set.about}\n\n\`\`\`\nkindling evaluate ${set.arguments}\n\`\`\`\n\n${readFileSync(file, "utf8")}`;
});
rmSync(scratch, { recursive: true });
writeFileSync(join(root, "docs/RESULTS.md"), [lead, ...parts].join("\n"));
