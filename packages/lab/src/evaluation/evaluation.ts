import type { ErrorCode } from "@kindling/core";
import { bootstrapMean, type Estimate } from "./bootstrap.ts";
import type { Measures } from "./measure-result.ts";
import { type MetricName, metrics } from "./metric-table.ts";

/** The measures of one result. */
export interface MeasuredImage extends Measures {
  readonly name: string;
  /** Seconds of the method, without reading and writing files; undefined for results made elsewhere. */
  readonly seconds?: number;
}

/** The measures of a method, before statistics. */
export interface MethodRun {
  readonly method: string;
  readonly images: readonly MeasuredImage[];
  /** Megapixels of all timed images together. */
  readonly megapixels?: number;
  /** Peak resident memory in bytes of a process that only reads, enhances and writes these photos one by one. */
  readonly peakMemoryBytes?: number;
}

/** A method with its statistics. */
export interface MethodSummary extends MethodRun {
  readonly mean: Measures;
  readonly estimates: Readonly<Partial<Record<MetricName, Estimate>>>;
  /** This method minus the baseline, over the images of both. */
  readonly differences: Readonly<Partial<Record<MetricName, Estimate>>>;
  readonly secondsPerImage?: number;
  readonly megapixelsPerSecond?: number;
}

/** A photo or result that could not be measured. */
export interface Failure {
  readonly file: string;
  /** The method; undefined where the photo itself failed. */
  readonly method?: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** An evaluation with its statistics: the data of tables and reports. */
export interface Evaluation {
  /** `pairs`: results were compared with references; `photos`: there are none. */
  readonly kind: "pairs" | "photos";
  /** The name that the person gave for the data. */
  readonly source: string;
  /** Number of photos. */
  readonly count: number;
  /** The method that the others are compared with. */
  readonly baseline: string;
  /** Metrics with a value for at least one image. */
  readonly metrics: readonly MetricName[];
  readonly methods: readonly MethodSummary[];
  readonly failures: readonly Failure[];
}

/**
 * Computes the statistics of measures: means, intervals, paired differences from the baseline, and speed.
 *
 * @example
 * // runs
 * const photos = { kind: "photos", source: "dark", count: 2, baseline: "lime", failures: [] } as const;
 * const images = [{ name: "a", loe: 210 }, { name: "b", loe: 250 }];
 * const { methods } = summarise({ ...photos, methods: [{ method: "lime", images }] });
 * methods[0]?.mean.loe; // 230
 */
export function summarise(
  measured: Pick<Evaluation, "kind" | "source" | "count" | "baseline" | "failures"> & {
    readonly methods: readonly MethodRun[];
  },
): Evaluation {
  const baseline = measured.methods.find(({ method }) => method === measured.baseline);
  const known = metrics
    .map(({ name }) => name)
    .filter((name) => measured.methods.some(({ images }) => images.some((image) => image[name] !== undefined)));
  const methods = measured.methods.map((run): MethodSummary => {
    const estimates = estimatesOf(known, (name) => valuesOf(run, name));
    const differs = baseline !== undefined && run !== baseline;
    return {
      ...run,
      mean: Object.fromEntries(Object.entries(estimates).map(([name, { mean }]) => [name, mean])),
      estimates,
      differences: differs ? estimatesOf(known, (name) => pairedDifferences(run, baseline, name)) : {},
      ...speedOf(run),
    };
  });
  return { ...measured, metrics: known, methods };
}

function estimatesOf(
  names: readonly MetricName[],
  values: (name: MetricName) => number[],
): Partial<Record<MetricName, Estimate>> {
  return Object.fromEntries(names.map((name) => [name, bootstrapMean(values(name))] as const).filter(([, e]) => e));
}

function valuesOf({ images }: MethodRun, name: MetricName): number[] {
  return images.flatMap((image) => image[name] ?? []);
}

function pairedDifferences(run: MethodRun, baseline: MethodRun, name: MetricName): number[] {
  const before = new Map(baseline.images.map((image) => [image.name, image[name]]));
  return run.images.flatMap((image) => {
    const difference = (image[name] ?? Number.NaN) - (before.get(image.name) ?? Number.NaN);
    // Two infinite PSNR have no difference.
    return Number.isNaN(difference) ? [] : difference;
  });
}

function speedOf({ images, megapixels }: MethodRun): Pick<MethodSummary, "secondsPerImage" | "megapixelsPerSecond"> {
  const times = images.flatMap(({ seconds }) => seconds ?? []);
  const total = times.reduce((sum, seconds) => sum + seconds, 0);
  if (total === 0) return {};
  return { secondsPerImage: total / times.length, ...(megapixels && { megapixelsPerSecond: megapixels / total }) };
}
