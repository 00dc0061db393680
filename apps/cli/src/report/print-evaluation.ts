import type { Evaluation } from "@kindling/lab";
import { evaluationJson, evaluationMarkdown } from "@kindling/lab/internal";

/** Prints an evaluation: tables, or one JSON object. Failures go to the standard error. */
export function printEvaluation(evaluation: Evaluation, json: boolean): void {
  const text = json
    ? JSON.stringify(evaluationJson(evaluation))
    : evaluationMarkdown({ ...evaluation, failures: [] }, { speed: true });
  process.stdout.write(`${text}\n`);
  for (const { method, message } of evaluation.failures) {
    process.stderr.write(`failed: ${method === undefined ? "" : `${method}: `}${message}\n`);
  }
}
