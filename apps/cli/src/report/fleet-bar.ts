import type { FleetStatus } from "@kindling/worker";
import { Presets, SingleBar } from "cli-progress";
import { barOptions } from "./bar-options.ts";
import { formatDuration } from "./format-duration.ts";

/** Shows a person at a terminal how far a fleet is. */
export interface FleetBar {
  show(status: FleetStatus): void;
  stop(): void;
}

/** Looks over which the rate is taken. */
const looks = 30;

/** Letters of counts, rate, time left and state beside the bar. */
const textWidth = 66;

/** Opens a bar on the standard error. It appears at the first status. */
export function openFleetBar(): FleetBar {
  const format = "{bar} {value}/{total} photos  {rate}  {left} left  {state}";
  const bar = new SingleBar(barOptions(format, textWidth), Presets.shades_classic);
  const seen: { at: number; done: number }[] = [];
  let isShown = false;
  return {
    show: (status) => {
      const { done, total, failed, paused, active, delayed, workers, photosPerMinute = 0 } = status;
      seen.push({ at: performance.now() / 1000, done });
      if (seen.length > looks) seen.shift();
      const [first, last] = [seen[0], seen.at(-1)];
      const seconds = (last?.at ?? 0) - (first?.at ?? 0);
      // The first looks tell less than the last minutes.
      const rate = seconds < 5 ? photosPerMinute / 60 : ((last?.done ?? 0) - (first?.done ?? 0)) / seconds;
      const facts = [
        paused ? "paused" : `${workers.length} workers, ${active} in work`,
        ...(delayed > 0 ? [`${delayed} to be tried again`] : []),
        ...(failed > 0 ? [`${failed} set aside`] : []),
      ];
      const payload = {
        rate: `${rate.toFixed(rate < 10 ? 1 : 0)} photos/s`,
        left: rate > 0 ? formatDuration((total - done - failed) / rate) : "-",
        state: facts.join(", "),
      };
      if (!isShown) bar.start(total, done + failed, payload);
      isShown = true;
      bar.setTotal(total);
      bar.update(done + failed, payload);
    },
    stop: () => bar.stop(),
  };
}
