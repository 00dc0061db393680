import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SettingValue } from "@kindling/lab";
import { findSystem } from "@kindling/systems";
import type { Experiment, ExperimentOptions } from "./experiment.ts";
import { ranking } from "./findings.ts";
import { trainInBrief } from "./train-in-brief.ts";

/** Golden weights of the network whose features are preserved; Kindling ships none. */
const perceptual = "../shared/golden/lpips_squeezenet11_mat_and_lin_weights.safetensors";

const training = { steps: 200, batch: 4, crop: 64, rate: 2e-4, validateEvery: 50, validationSide: 256 };

/** As `enlightengan.mixed` was trained. */
const whole = { featuresAt: "equal", features: 0.5, patchFeatures: 0.5, statistics: "picture" };

const ways: Readonly<Record<string, Readonly<Record<string, SettingValue>>>> = {
  whole,
  "global discriminator alone": { ...whole, local: 0 },
  "without attention": { ...whole, attention: "off" },
  "without the preserving loss": { ...whole, features: 0, patchFeatures: 0 },
};

/** EnlightenGAN's ablations: arXiv 1906.06972, section 4.2. */
export const ablations: Experiment = {
  name: "ablations",
  title: "EnlightenGAN's ablations",
  run,
};

async function run({ pairs, count }: ExperimentOptions) {
  const scratch = mkdtempSync(join(tmpdir(), "kindling-ablations-"));
  const data = { pairs: [pairs], split: "train", validate: "val", validationPairs: count };
  const found = [];
  for (const [i, [name, set]] of Object.entries(ways).entries()) {
    const system = findSystem("enlightengan");
    const out = join(scratch, String(i));
    found.push({ name, validations: await trainInBrief(name, { system, out, set, perceptual, ...data, ...training }) });
  }
  rmSync(scratch, { recursive: true });
  const table = {
    head: ["training", "PSNR, dB", "SSIM", "GT-mean PSNR, dB"],
    rows: found.map(({ name, validations }) => {
      const last = validations.at(-1)!;
      return [name, last.psnr.toFixed(2), last.ssim.toFixed(3), last.gtMeanPsnr.toFixed(2)];
    }),
  };
  return {
    about: `Trained from nothing for ${training.steps} steps each (${training.batch} crops of ${training.crop} px), without pairing, on the dark and bright photos of the same scenes: with everything, with the global discriminator alone (\`local=0\`), without attention (\`attention=off\`), and without the self-feature-preserving loss (\`features=0 patchFeatures=0\`). All else is as for \`enlightengan.mixed\`. Means over ${count} validation pairs, ${training.validationSide} px at most. The plot has the PSNR as the training goes on. So few steps show which parts speed up the beginning, not what a long training reaches.`,
    ...table,
    // By structure and colour: after so few steps brightness is far off, and a grey frame of the right brightness would lead.
    finding: ranking(table, 3, "higher"),
    lines: found.map(({ name, validations }) => ({
      name,
      points: validations.map(({ step, psnr }) => ({ x: step, y: psnr })),
    })),
    across: "steps",
    up: "PSNR (dB)",
  };
}
