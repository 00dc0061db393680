import type { BatchSummary } from "@kindling/node";

/**
 * The text that ends a batch.
 *
 * @param done what happened to the photos, in one word.
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

/** A duration in its two largest units: `40 s`, `3 min 20 s`, `2 h 5 min`. */
export function timeWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
