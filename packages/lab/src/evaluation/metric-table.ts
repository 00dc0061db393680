import { ciede2000, loe, lpips, mae, mse, niqe, psnr, ssim } from "@kindling/core";
import type { MetricInputs } from "./measured-with.ts";

/** A metric by its name in files. */
export type MetricName =
  | "psnr"
  | "ssim"
  | "gtMeanPsnr"
  | "gtMeanSsim"
  | "referenceLightPsnr"
  | "referenceLightSsim"
  | "ciede2000"
  | "lpips"
  | "mae"
  | "mse"
  | "loe"
  | "niqe";

/** Headings of the groups of metrics. Do not compare figures of two groups. */
export const metricGroups = {
  blind: "Result as it came",
  gtMean: "GT-mean: brightness scaled to the reference's",
  referenceLight: "At the reference's light level, not blind",
  error: "Error of the result as it came",
  noReference: "Without a reference",
} as const;

/** A metric's names, unit, direction and meaning. */
export interface Metric {
  readonly name: MetricName;
  readonly title: string;
  /** Its name under the heading of its group. */
  readonly short: string;
  readonly group: keyof typeof metricGroups;
  readonly unit?: string;
  readonly better: "more" | "less";
  /** Number of decimals in tables. */
  readonly decimals: number;
  /** Its meaning in one sentence. */
  readonly about: string;
  /** Computes it; undefined where a picture or model that it needs is not given. */
  readonly measure: (inputs: MetricInputs) => number | undefined | Promise<number>;
}

/** Every metric, in the order of a table's columns. */
export const metrics: readonly Metric[] = [
  {
    name: "psnr",
    measure: ({ result, reference }) => reference && psnr(result, reference),
    title: "PSNR",
    short: "PSNR",
    group: "blind",
    unit: "dB",
    better: "more",
    decimals: 2,
    about: "Peak signal-to-noise ratio of the result as it came, over all pixels and colours.",
  },
  {
    name: "ssim",
    measure: ({ result, reference }) => reference && ssim(result, reference),
    title: "SSIM",
    short: "SSIM",
    group: "blind",
    better: "more",
    decimals: 4,
    about: "Structural similarity of the result as it came: 11x11 Gaussian windows, mean over the three colours.",
  },
  {
    name: "gtMeanPsnr",
    measure: ({ scaled, reference }) => scaled && reference && psnr(scaled, reference),
    title: "GT-mean PSNR",
    short: "PSNR",
    group: "gtMean",
    unit: "dB",
    better: "more",
    decimals: 2,
    about:
      "PSNR after the result's mean luma is scaled to the reference's. It uses the reference, so do not compare it with PSNR.",
  },
  {
    name: "gtMeanSsim",
    measure: ({ scaled, reference }) => scaled && reference && ssim(scaled, reference),
    title: "GT-mean SSIM",
    short: "SSIM",
    group: "gtMean",
    better: "more",
    decimals: 4,
    about:
      "SSIM after the result's mean luma is scaled to the reference's. It uses the reference, so do not compare it with SSIM.",
  },
  {
    name: "referenceLightPsnr",
    measure: ({ atReferenceLight, reference }) => atReferenceLight && reference && psnr(atReferenceLight, reference),
    title: "PSNR at the reference's light",
    short: "PSNR",
    group: "referenceLight",
    unit: "dB",
    better: "more",
    decimals: 2,
    about: "PSNR of the result at the reference's own light, which the method received. Not a blind result.",
  },
  {
    name: "referenceLightSsim",
    measure: ({ atReferenceLight, reference }) => atReferenceLight && reference && ssim(atReferenceLight, reference),
    title: "SSIM at the reference's light",
    short: "SSIM",
    group: "referenceLight",
    better: "more",
    decimals: 4,
    about: "SSIM of the result at the reference's own light, which the method received. Not a blind result.",
  },
  {
    name: "ciede2000",
    measure: ({ result, reference }) => reference && ciede2000(result, reference),
    title: "CIEDE2000",
    short: "CIEDE2000",
    group: "error",
    better: "less",
    decimals: 2,
    about: "Mean colour difference in just noticeable steps.",
  },
  {
    name: "lpips",
    measure: ({ result, reference, lpipsModel }) => reference && lpipsModel && lpips(result, reference, lpipsModel),
    title: "LPIPS",
    short: "LPIPS",
    group: "error",
    better: "less",
    decimals: 4,
    about:
      "Distance between the features of result and reference in a network; depends on the network and its weights.",
  },
  {
    name: "mae",
    measure: ({ result, reference }) => reference && mae(result, reference),
    title: "MAE",
    short: "MAE",
    group: "error",
    better: "less",
    decimals: 2,
    about: "Mean absolute error in levels of 0 to 255.",
  },
  {
    name: "mse",
    measure: ({ result, reference }) => reference && mse(result, reference),
    title: "MSE",
    short: "MSE",
    group: "error",
    better: "less",
    decimals: 0,
    about: "Mean squared error in squared levels of 0 to 255.",
  },
  {
    name: "loe",
    measure: ({ result, original }) => original && loe(original, result),
    title: "LOE",
    short: "LOE",
    group: "noReference",
    better: "less",
    decimals: 0,
    about:
      "Lightness order error against the dark photo: how many of 10,000 sampled pixels change their order with a pixel.",
  },
  {
    name: "niqe",
    measure: ({ result, niqeModel }) => niqeModel && niqe(result, niqeModel),
    title: "NIQE",
    short: "NIQE",
    group: "noReference",
    better: "less",
    decimals: 2,
    about: "Distance from the statistics of good photographs; needs no reference; depends on its model.",
  },
];

/** Finds a metric by its name. */
export function metricOf(name: MetricName): Metric {
  // Every name of the type is in the table.
  return metrics.find((metric) => metric.name === name) as Metric;
}
