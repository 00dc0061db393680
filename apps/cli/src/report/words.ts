import type { JobResult } from "../batch/job.ts";
import type { BatchSummary } from "./reporter.ts";

/** One line on a finished photo. */
export function enhancedLine(input: string, output: string, result: JobResult): string {
  const { before, after } = result.illumination;
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const facts = [`${result.megapixels.toFixed(1)} MP`, `${result.seconds.toFixed(1)} s`];
  const notes = result.notes.map((note) => `\n  note: ${note}`).join("");
  return `${input} -> ${output}  brightness ${percent(before)} -> ${percent(after)}  (${facts.join(", ")})${notes}`;
}

/** The lines that end a run. */
export function summaryLines(summary: BatchSummary): string {
  const { enhanced, failed, doneBefore, stopped, megapixels, seconds, out } = summary;
  const parts = [
    `${enhanced} enhanced`,
    ...(doneBefore > 0 ? [`${doneBefore} done before`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(stopped > 0 ? [`${stopped} not done`] : []),
  ];
  const rate = enhanced > 0 ? `, ${(megapixels / seconds).toFixed(1)} MP/s` : "";
  const ending = stopped > 0 ? "Stopped. Run the same command again to continue." : `Results: ${out}`;
  return `${parts.join(", ")} in ${seconds.toFixed(1)} s${rate}. ${ending}`;
}
