import type { SearchEvent, TrialResult } from "@kindling/lab";
import { Presets, SingleBar } from "cli-progress";
import { barOptions } from "./bar-options.ts";

/** Letters of the trial and its counts beside the bar. */
const textWidth = 40;

/** Prints the events of a search. */
export interface SearchReporter {
  report(event: SearchEvent): void;
  stop(): void;
}

/** Creates a reporter: one JSON object a line for programs, a bar at a terminal, plain lines in a log. */
export function createSearchReporter(json: boolean): SearchReporter {
  if (json) {
    return {
      report: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
      stop: () => undefined,
    };
  }
  const isTerminal = process.stderr.isTTY && process.stdout.isTTY;
  const bar = isTerminal ? createTrialBar() : { show: () => undefined, stop: () => undefined };
  const print = (line: string) => {
    bar.stop();
    process.stdout.write(`${line}\n`);
  };
  let isWarned = false;
  return {
    report: (event) => {
      bar.show(event);
      // Once: all trials are measured on the same pairs.
      if (!isWarned && isMeasuredOnTrained(event)) {
        isWarned = true;
        print("Trainings are compared on pairs that they are trained on: there are no others.");
      }
      const line = formatEvent(event);
      if (line !== undefined) print(line);
    },
    stop: bar.stop,
  };
}

function isMeasuredOnTrained(event: SearchEvent): boolean {
  return event.event === "training" && event.of.event === "validated" && event.of.isOfTrained;
}

/** A bar of the steps of the training that reported last. */
function createTrialBar() {
  let bar: SingleBar | undefined;
  return {
    show(event: SearchEvent) {
      if (event.event !== "training" || event.of.event !== "step") return;
      const { step, steps } = event.of;
      const facts = { trial: event.trial };
      if (!bar) {
        bar = new SingleBar(barOptions("{trial} {bar} {value}/{total}", textWidth), Presets.shades_classic);
        bar.start(steps, step, facts);
      }
      bar.setTotal(steps);
      bar.update(step, facts);
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}

/** Formats an event as a line; those inside a training have none. */
function formatEvent(event: SearchEvent): string | undefined {
  switch (event.event) {
    case "round": {
      const { round, rounds, trials, steps } = event;
      const name = rounds > 1 ? `round ${round} of ${rounds}: ` : "";
      const count = trials === 1 ? "1 training" : `${trials} trainings`;
      return `${name}${count}${steps === undefined ? "" : ` to step ${steps}`}`;
    }
    case "trial":
      return `[${event.done}/${event.trials}] ${event.result.name}  ${formatResult(event.result)}`;
    case "written":
      return `-> ${event.file}`;
    case "end": {
      if (!event.finished) return `Stopped and saved. Continue with: kindling search --resume -o ${event.out}`;
      return event.best === undefined ? `Done: ${event.out}` : `Best: ${event.best}`;
    }
    default:
      return undefined;
  }
}

function formatResult({ state, step, validations }: TrialResult): string {
  if (state === "failed") return `failed after step ${step}`;
  const last = validations.at(-1);
  if (!last) return `step ${step}`;
  const [psnr, ssim, scaled] = [last.psnr.toFixed(2), last.ssim.toFixed(3), last.gtMeanPsnr.toFixed(2)];
  return `step ${step}: PSNR ${psnr} dB, SSIM ${ssim}, GT-mean PSNR ${scaled} dB`;
}
