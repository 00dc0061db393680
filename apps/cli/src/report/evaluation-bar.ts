import { Presets, SingleBar } from "cli-progress";
import { barOptions } from "./bar-options.ts";

/** Shows a person at a terminal the progress of an evaluation; silent elsewhere. */
export interface EvaluationBar {
  show(done: number, total: number, doing: string): void;
  stop(): void;
}

/** Letters of counts and of what is done beside the bar. */
const textWidth = 40;

/** Opens a bar on the standard error. It appears at the first progress. */
export function openEvaluationBar(): EvaluationBar {
  if (!process.stderr.isTTY) return { show: () => undefined, stop: () => undefined };
  const bar = new SingleBar(barOptions("{bar} {value}/{total}  {doing}", textWidth), Presets.shades_classic);
  return {
    show: (done, total, doing) => (done === 0 ? bar.start(total, 0, { doing }) : bar.update(done, { doing })),
    stop: () => bar.stop(),
  };
}
