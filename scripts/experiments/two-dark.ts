import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findPairs } from "@kindling/node/lab";
import { findSystem } from "@kindling/systems";
import { measureConsistency, type Split, showConsistency } from "./consistency.ts";
import type { Experiment, ExperimentOptions } from "./experiment.ts";
import { decompose, kindInput, openNet } from "./layers.ts";
import { trainInBrief } from "./train-in-brief.ts";

/** Scenes at several exposures: most have two that are under-exposed. */
const brackets = "../shared/data/brackets";

const steps = 400;

/** KinD's claim that any two exposures of a scene teach it, two dark ones too: arXiv 1905.04161, section 3.1. */
export const twoDark: Experiment = {
  name: "two-dark",
  title: "Training from two dark exposures",
  run,
};

async function run(options: ExperimentOptions) {
  const scratch = mkdtempSync(join(tmpdir(), "kindling-two-dark-"));
  const scenes = await darkScenes();
  const ways: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    "trained on dark and bright": scenes.map(({ dark, bright }) => [dark, bright]),
    "trained on two dark ones": scenes.map(({ dark, darker }) => [darker, dark]),
  };
  const layers: Record<string, Split> = {
    "the photos themselves": async (picture) => ({ layer: kindInput(picture).values }),
  };
  const nets = [];
  for (const [i, [name, pairs]] of Object.entries(ways).entries()) {
    const [table, out] = [join(scratch, `${i}.csv`), join(scratch, `run${i}`)];
    writeFileSync(table, `low,normal\n${pairs.map((pair) => `${pair.join(",")}\n`).join("")}`);
    const training = { system: findSystem("kind"), pairs: [table], stage: "decomposition", steps, out };
    await trainInBrief(name, training);
    const net = await openNet("kind/decomposition", join(out, "checkpoint.safetensors"));
    nets.push(net);
    layers[name] = (picture) => decompose(net, kindInput(picture));
  }
  const found = await measureConsistency(layers, { ...options, pairs: brackets });
  await Promise.all(nets.map((net) => net.dispose()));
  rmSync(scratch, { recursive: true });
  const [count] = [...found.values()].map(({ length }) => length);
  return {
    about: `KinD's decomposition, trained for ${steps} steps on the same ${scenes.length} scenes of \`brackets\`: on an under-exposed and the well exposed photo of each, or on two under-exposed ones. Measured on ${count} validation pairs of an under-exposed and a well exposed photo, whose reflectances should be one; square roots. The last column is the PSNR of a photo that is rebuilt from reflectance and illumination: an even reflectance would be one for every light. The plot has the distance of every pair.`,
    ...showConsistency(found),
  };
}

/** Training scenes with two different under-exposed photos. */
async function darkScenes() {
  const byBright = new Map<string, string[]>();
  for (const { low, normal } of (await findPairs(brackets, "train")).pairs) {
    byBright.set(normal, [...(byBright.get(normal) ?? []), low]);
  }
  return [...byBright].flatMap(([bright, [dark, darker]]) =>
    dark && darker ? [{ bright: resolve(bright), dark: resolve(dark), darker: resolve(darker) }] : [],
  );
}
