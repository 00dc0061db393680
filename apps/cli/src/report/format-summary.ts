import type { BatchSummary } from "@kindling/node";
import { printableText } from "@kindling/node/internal";

/**
 * Formats the last line of a batch.
 *
 * @param done past participle of the work: `enhanced`.
 */
export function formatSummary(summary: BatchSummary, done: string): string {
  const { finished, failed, doneBefore, stopped, planned, megapixels, seconds, out } = summary;
  const parts = [
    planned === undefined ? `${finished} ${done}` : `${planned} to be ${done}`,
    ...(doneBefore > 0 ? [`${doneBefore} done before`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(stopped > 0 ? [`${stopped} not done`] : []),
  ];
  if (planned !== undefined)
    return `${parts.join(", ")}. Nothing was written. Results would be in: ${printableText(out)}`;
  const speed = megapixels / seconds;
  const rate = finished > 0 ? `, ${speed.toFixed(speed < 1 ? 2 : 1)} MP/s` : "";
  const ending = stopped > 0 ? "Stopped. Run the same command again to continue." : `Results: ${printableText(out)}`;
  return `${parts.join(", ")} in ${seconds.toFixed(1)} s${rate}. ${ending}`;
}
