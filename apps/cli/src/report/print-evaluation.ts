import type { Evaluation } from "@kindling/lab";

/** Prints an evaluation: tables, or one JSON object. Failures go to the standard error. */
export async function printEvaluation(evaluation: Evaluation, json: boolean): Promise<void> {
  const { evaluationJson, evaluationMarkdown } = await import("@kindling/lab/internal");
  const text = json
    ? JSON.stringify(evaluationJson(evaluation))
    : evaluationMarkdown({ ...evaluation, failures: [] }, { speed: true });
  process.stdout.write(`${text}\n`);
  for (const { method, message } of evaluation.failures) {
    process.stderr.write(`failed: ${method === undefined ? "" : `${method}: `}${message}\n`);
  }
}
