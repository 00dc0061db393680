import type { Enhancement } from "../batch/enhancement.ts";
import type { BatchSummary, BatchWords } from "./reporter.ts";

/** How `kindling enhance` tells of its work. */
export const enhanceWords: BatchWords<Enhancement> = { done: "enhanced", line: enhancedLine };

function enhancedLine(input: string, output: string, result: Enhancement): string {
  const { before, after } = result.illumination;
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  const facts = [
    `light ${result.light.toFixed(1)}`,
    `${result.megapixels.toFixed(1)} MP`,
    `${result.seconds.toFixed(1)} s`,
  ];
  const notes = result.notes.map((note) => `\n  note: ${note}`).join("");
  return `${input} -> ${output}  brightness ${percent(before)} -> ${percent(after)}  (${facts.join(", ")})${notes}`;
}

/**
 * The lines that end a run.
 *
 * @param done what was done to the photos, in one word.
 */
export function summaryLines(summary: BatchSummary, done: string): string {
  const { finished, failed, doneBefore, stopped, megapixels, seconds, out } = summary;
  const parts = [
    `${finished} ${done}`,
    ...(doneBefore > 0 ? [`${doneBefore} done before`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(stopped > 0 ? [`${stopped} not done`] : []),
  ];
  const speed = megapixels / seconds;
  const rate = finished > 0 ? `, ${speed.toFixed(speed < 1 ? 2 : 1)} MP/s` : "";
  const ending = stopped > 0 ? "Stopped. Run the same command again to continue." : `Results: ${out}`;
  return `${parts.join(", ")} in ${seconds.toFixed(1)} s${rate}. ${ending}`;
}

/** A time to wait as people say it: `40 s`, `3 min 20 s`, `2 h 5 min`. */
export function timeWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
