import { measureConsistency, showConsistency } from "./consistency.ts";
import type { Experiment, ExperimentOptions } from "./experiment.ts";
import { decompose, kindInput, openNet, shippedFile } from "./layers.ts";

/** How alike the reflectances of a dark and a bright photo of one scene are: arXiv 1808.04560 and 1905.04161. */
export const reflectance: Experiment = {
  name: "reflectance",
  title: "Consistency of reflectance",
  run,
};

async function run(options: ExperimentOptions) {
  const retinex = await openNet("retinex-net/decomposition", shippedFile("retinex-net/mixed.whole.onnx"));
  const kind = await openNet("kind/decomposition", shippedFile("kind/mixed.analysis.onnx"));
  const restoration = await openNet("kind/restoration", shippedFile("kind/mixed.analysis.onnx"));
  const found = await measureConsistency(
    {
      "the photos themselves": async ({ values }) => ({ layer: values }),
      "RetinexNet's reflectance": (image) => decompose(retinex, image),
      "KinD's reflectance": (picture) => decompose(kind, kindInput(picture)),
      "KinD's, the dark one restored": async (picture, isDark) => {
        const image = kindInput(picture);
        const { layer, illumination } = await decompose(kind, image);
        if (!isDark) return { layer };
        const { restored } = await restoration.run({ reflectance: { ...image, values: layer }, illumination });
        return { layer: restored!.values };
      },
    },
    options,
  );
  await Promise.all([retinex.dispose(), kind.dispose(), restoration.dispose()]);
  const [pairs] = [...found.values()].map(({ length }) => length);
  return {
    about: `${pairs} validation pairs, split by \`retinex-net.mixed\` and \`kind.mixed\`: both photos of a scene should have one reflectance. Mean distance of the two as a share of the bright photo's mean reflectance, and their PSNR on 0 to 1; KinD's are square roots. The last column is the PSNR of a photo that is rebuilt from both layers. The plot has the distance of every pair.`,
    ...showConsistency(found),
  };
}
