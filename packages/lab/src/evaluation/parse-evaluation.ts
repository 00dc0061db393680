import { KindlingError } from "@kindling/core";
import type { Estimate } from "./bootstrap.ts";
import type { KnownMeasures } from "./evaluate-candidates.ts";
import type { Failure, MeasuredImage } from "./evaluation.ts";
import type { Measures } from "./measure-result.ts";
import { type MetricName, metrics } from "./metric-table.ts";

/** A method as `kindling evaluate --json` prints it. */
export interface PrintedMethod {
  readonly method: string;
  readonly images: readonly MeasuredImage[];
  readonly megapixels?: number;
  readonly peakMemoryBytes?: number;
  readonly mean: Measures;
  readonly interval: Readonly<Partial<Record<MetricName, readonly [low: Estimate["low"], high: Estimate["high"]]>>>;
}

/** An evaluation as `kindling evaluate --json` prints it. */
export interface PrintedEvaluation {
  readonly source: string;
  readonly methods: readonly PrintedMethod[];
  readonly failures: readonly Failure[];
}

/**
 * Parses what `kindling evaluate --json` printed.
 *
 * @param file names the evaluation in errors.
 * @throws {KindlingError} `invalid-option` where the text is something else.
 */
export function parseEvaluation(text: string, file: string): PrintedEvaluation {
  let value: Partial<PrintedEvaluation> | null;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notPrinted(file, cause);
  }
  const { source = "", methods, failures = [] } = value ?? {};
  const isWhole = (method: Partial<PrintedMethod> | null) =>
    typeof method?.method === "string" && Array.isArray(method.images) && Boolean(method.mean && method.interval);
  if (Array.isArray(methods) && methods.every(isWhole) && Array.isArray(failures)) return { source, methods, failures };
  throw notPrinted(file);
}

function notPrinted(file: string, cause?: unknown): KindlingError {
  return new KindlingError("invalid-option", `${file}: expected what kindling evaluate --json printed.`, { cause });
}

/**
 * Takes the measures of an evaluation over, for another one on the same photos. JSON has no infinite numbers: the PSNR of equal
 * pictures was printed as null.
 *
 * @param names of the photos of the new evaluation.
 * @param file names the earlier evaluation in errors.
 * @throws {KindlingError} `invalid-option` where a method was measured on other photos.
 */
export function knownMeasures(
  { methods, failures }: PrintedEvaluation,
  names: ReadonlySet<string>,
  file: string,
): KnownMeasures {
  for (const { method, images } of methods) {
    if (!images.every((image) => typeof image?.name === "string")) throw notPrinted(file);
    const measured = new Set(images.map(({ name }) => name));
    const failed = failures.filter((failure) => failure.method === method).length;
    const other = images.find(({ name }) => !names.has(name));
    if (!other && measured.size + failed >= names.size) continue;
    const why = other ? `${other.name} is not among the photos` : `${measured.size} of ${names.size} photos`;
    throw new KindlingError("invalid-option", `${file}: ${method} was measured on other photos: ${why}. Leave it out.`);
  }
  return {
    failures,
    methods: methods.map(({ method, images, megapixels, peakMemoryBytes }) => ({
      method,
      images: images.map(withInfinities),
      ...(megapixels !== undefined && { megapixels }),
      ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
    })),
  };
}

function withInfinities(image: MeasuredImage): MeasuredImage {
  const read = (name: MetricName) => ((image[name] as number | null) === null ? Number.POSITIVE_INFINITY : image[name]);
  const known = metrics.flatMap(({ name }) => (name in image ? [[name, read(name)] as const] : []));
  return { ...image, ...Object.fromEntries(known) };
}
