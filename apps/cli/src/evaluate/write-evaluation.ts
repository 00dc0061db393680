import { availableParallelism, cpus, totalmem } from "node:os";
import {
  type Evaluation,
  evaluationCsv,
  evaluationJson,
  evaluationMarkdown,
  type ReportSetting,
  reportPage,
} from "@kindling/lab";
import { readPageScripts } from "@kindling/node/lab";
import { version } from "../version.ts";
import { writeText } from "../write-text.ts";
import type { EvaluationOutcome } from "./evaluate.ts";

/** Where an evaluation goes. */
export interface WriteEvaluationOptions {
  readonly html?: string | undefined;
  readonly markdown?: string | undefined;
  readonly csv?: string | undefined;
  readonly json: boolean;
  /** Whether the Markdown file leaves out speed and memory. */
  readonly withoutSpeed: boolean;
}

/**
 * Writes the files asked for and prints the evaluation: tables, or one JSON object. Failures go to the standard error.
 *
 * @throws {KindlingError} `unwritable` or `disk-full`.
 */
export async function writeEvaluation(
  { evaluation, photos }: EvaluationOutcome,
  { html, markdown, csv, json, withoutSpeed }: WriteEvaluationOptions,
): Promise<void> {
  if (csv !== undefined) await writeText(csv, evaluationCsv(evaluation));
  if (markdown !== undefined)
    await writeText(markdown, `${evaluationMarkdown(evaluation, { speed: !withoutSpeed })}\n`);
  if (html !== undefined) await writeText(html, reportPage(evaluation, photos, setting(), await readPageScripts()));
  const printed = json ? JSON.stringify(evaluationJson(evaluation)) : tables(evaluation);
  process.stdout.write(`${printed}\n`);
  for (const { method, message } of evaluation.failures) {
    process.stderr.write(`failed: ${method === undefined ? "" : `${method}: `}${message}\n`);
  }
}

function tables(evaluation: Evaluation): string {
  return evaluationMarkdown({ ...evaluation, failures: [] }, { speed: true });
}

function setting(): ReportSetting {
  const [processor] = cpus();
  const memory = `${Math.round(totalmem() / 1e9)} GB`;
  return {
    version,
    machine: `${processor?.model.trim() ?? "unknown processor"}, ${availableParallelism()} threads, ${memory}; Node ${process.versions.node}, ${process.platform}`,
    command: `kindling ${process.argv.slice(2).join(" ")}`,
  };
}
