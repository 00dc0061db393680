import { gtMean, type ModelTensor, psnr, ssim } from "@kindling/core";
import { pictureOfTensor } from "@kindling/core/internal";
import { gammaTo } from "./adjustment.ts";
import { type Experiment, type ExperimentOptions, meanOf } from "./experiment.ts";
import { ranking } from "./findings.ts";
import { kindInput, openNet, readPairs, shippedFile } from "./layers.ts";

const ways = ["alpha", "gamma", "level appointment", "fusion"] as const;
type Way = (typeof ways)[number];

/** Ways to change the light of KinD's layers, side by side: arXiv 1905.04161, section 3.3, and the authors' code. */
export const lightChanges: Experiment = {
  name: "light-changes",
  title: "Fusion, level appointment, gamma and alpha",
  run,
};

async function run(options: ExperimentOptions) {
  const analysis = await openNet("kind+root/analysis", shippedFile("kind/mixed.analysis.onnx"));
  const adjust = await openNet("kind/adjustment", shippedFile("kind/mixed.relight.onnx"));
  const scores = new Map<Way, { psnr: number; ssim: number; gtMean: number }[]>(ways.map((way) => [way, []]));
  let pairs = 0;
  for await (const { dark, bright, reference } of readPairs(options)) {
    pairs++;
    const image = kindInput(dark);
    const { restored, illumination, guard } = await analysis.run({ image: stretched(dark) });
    const { illumination: wanted } = await analysis.run({ image: stretched(bright) });
    const [layer, target] = [illumination!.values, wanted!.values];
    const alpha = meanOf(target, (value, i) => value / (layer[i]! + 1e-4));
    const ratio = { shape: illumination!.shape, values: new Float32Array(layer.length).fill(alpha) };
    const { adjusted } = await adjust.run({ illumination: illumination!, ratio });
    const mean = meanOf(target);
    const exponent = gammaTo(layer, mean);
    const lit: Readonly<Record<Way, (i: number, pixel: number) => number>> = {
      alpha: (i, pixel) => restored!.values[i]! * adjusted!.values[pixel]!,
      gamma: (i, pixel) => restored!.values[i]! * layer[pixel]! ** exponent,
      "level appointment": (i) => restored!.values[i]! * mean,
      fusion(i, pixel) {
        const fused = restored!.values[i]! * guard!.values[pixel]! * adjusted!.values[pixel]!;
        return layer[pixel]! * image.values[i]! + (1 - layer[pixel]!) * fused;
      },
    };
    for (const way of ways) {
      const values = image.values.map((_, i) => Math.min(Math.max(lit[way](i, i % layer.length), 0), 1) ** 2);
      const result = pictureOfTensor({ shape: image.shape, values }, reference);
      const levelled = gtMean(result, reference);
      scores.get(way)!.push({
        psnr: psnr(result, reference),
        ssim: ssim(result, reference),
        gtMean: psnr(levelled, reference),
      });
    }
  }
  await Promise.all([analysis.dispose(), adjust.dispose()]);
  const meanScore = (way: Way, measure: "psnr" | "ssim" | "gtMean") =>
    meanOf(scores.get(way)!.map((score) => score[measure]));
  const table = {
    head: ["way", "PSNR, dB", "SSIM", "GT-mean PSNR, dB"],
    rows: ways.map((way) => [
      way,
      meanScore(way, "psnr").toFixed(2),
      meanScore(way, "ssim").toFixed(4),
      meanScore(way, "gtMean").toFixed(2),
    ]),
  };
  return {
    ...table,
    finding: ranking(table, 1, "higher"),
    about: `${pairs} validation pairs, split by \`kind.mixed\`. All ways take the restored reflectance of the dark photo and the light of the bright one. *Alpha*: KinD's adjustment at the ratio of the illuminations, as the paper's table was made. *Gamma*: the curve that brings the illumination to the bright one's mean. *Level appointment*: that mean everywhere. *Fusion*: alpha, guarded in the dark and blended with the photo where it is bright, as in the authors' code. The plot has the PSNR of every pair.`,
    lines: ways.map((name) => ({ name, points: scores.get(name)!.map(({ psnr: y }, i) => ({ x: i + 1, y })) })),
    across: "pair",
    up: "PSNR (dB)",
  };
}

/** The analysis takes stretched values; it finds the roots itself. */
function stretched(picture: ModelTensor): ModelTensor {
  const { shape, values } = kindInput(picture);
  return { shape, values: values.map((root) => root * root) };
}
