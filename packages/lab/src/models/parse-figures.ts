import { KindlingError } from "@kindling/core";
import { metrics } from "../evaluation/metric-table.ts";
import { parseEvaluation } from "../evaluation/parse-evaluation.ts";
import type { CardFigures } from "./model-card.ts";

/**
 * Picks the figures of one network out of what `kindling evaluate --json` printed.
 *
 * @param method such as `kind.night`; figures of `kind` are taken where it names no tag.
 * @param file names the evaluation in errors.
 * @throws {KindlingError} `invalid-option` where the text is no evaluation, or one of other methods only.
 */
export function parseFigures(text: string, file: string, method: string): CardFigures {
  const { methods } = parseEvaluation(text, file);
  const [network] = method.split(".", 1);
  const own = methods.find((other) => other.method === method) ?? methods.find((other) => other.method === network);
  if (!own) {
    const known = methods.map((other) => other.method).join(", ");
    throw new KindlingError(
      "invalid-option",
      `${file}: expected figures of ${method}, got those of ${known || "no method"}. Give what kindling evaluate ${method} --json printed.`,
    );
  }
  const means = metrics.flatMap(({ name }) => {
    const [mean, interval] = [own.mean[name], own.interval[name]];
    return mean === undefined || !interval ? [] : [[name, [mean, ...interval]] as const];
  });
  return { images: own.images.length, metrics: Object.fromEntries(means) };
}
