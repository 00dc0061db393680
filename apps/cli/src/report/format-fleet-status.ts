import { printableText } from "@kindling/node/internal";
import type { FleetStatus } from "@kindling/worker";
import { formatDuration } from "./format-duration.ts";

/** Formats how far a fleet is, in three lines. */
export function formatFleetStatus(status: FleetStatus): string {
  const { queue, total, done, enhanced, failed, waiting, active, delayed, paused, workers, megapixels } = status;
  const { photosPerMinute = 0 } = status;
  const left = waiting + active + delayed;
  const time = photosPerMinute > 0 && left > 0 ? `, ${formatDuration((60 * left) / photosPerMinute)} left` : "";
  const names =
    workers.length === 0
      ? "none"
      : `${workers.length} (${workers.slice(0, 5).map(printableText).join(", ")}${workers.length > 5 ? ", ..." : ""})`;
  return [
    `${queue}: ${done} of ${total} photos done, ${failed} set aside${paused ? "; paused" : ""}`,
    `waiting ${waiting}, in work ${active}, to be tried again ${delayed}${time}`,
    `enhanced ${enhanced} (${megapixels.toFixed(0)} MP); workers: ${names}`,
  ].join("\n");
}
