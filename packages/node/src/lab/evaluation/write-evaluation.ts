import { availableParallelism, cpus, totalmem } from "node:os";
import { type EvaluationOutcome, evaluationCsv, evaluationMarkdown, reportPage } from "@kindling/lab/internal";
import { requireFree } from "../../photo/require-free.ts";
import { writeText } from "../../photo/write-text.ts";
import { version } from "../../version.ts";
import { readPageScripts } from "../pages/read-page-scripts.ts";

/** The files to write, and what they hold. */
export interface WriteEvaluationOptions {
  readonly html?: string | undefined;
  readonly markdown?: string | undefined;
  readonly csv?: string | undefined;
  /** Whether files may be replaced; default false. */
  readonly overwrite?: boolean | undefined;
  /** Whether the Markdown file leaves out speed and memory. */
  readonly withoutSpeed: boolean;
  /** The command that ran the evaluation, for the HTML page. */
  readonly command: string;
}

/**
 * Writes the requested files: a report in one HTML page, tables in Markdown, every image's figures as CSV.
 *
 * @throws {KindlingError} `exists` where one of the files is there, and none is written then; `not-a-photo` where one is no
 * regular file; `unwritable` or `disk-full`.
 * @example
 * import type { EvaluationOutcome } from "@kindling/lab";
 * declare const outcome: EvaluationOutcome;
 * const files = { html: "report.html", csv: "figures.csv" };
 * await writeEvaluation(outcome, { ...files, withoutSpeed: false, command: "npx tsx evaluate.ts" });
 */
export async function writeEvaluation(
  { evaluation, photos }: EvaluationOutcome,
  { html, markdown, csv, overwrite = false, withoutSpeed, command }: WriteEvaluationOptions,
): Promise<void> {
  for (const file of [html, markdown, csv]) if (file !== undefined) await requireFree(file, overwrite);
  if (csv !== undefined) await writeText(csv, evaluationCsv(evaluation));
  if (markdown !== undefined) {
    await writeText(markdown, `${evaluationMarkdown(evaluation, { speed: !withoutSpeed })}\n`);
  }
  if (html !== undefined) {
    const setting = { version, machine: describeMachine(), command };
    await writeText(html, reportPage(evaluation, photos, setting, await readPageScripts()));
  }
}

function describeMachine(): string {
  const [processor] = cpus();
  const memory = `${Math.round(totalmem() / 1e9)} GB`;
  return `${processor?.model.trim() ?? "unknown processor"}, ${availableParallelism()} threads, ${memory}; Node ${process.versions.node}, ${process.platform}`;
}
