import type { TrainingEvent } from "@kindling/lab";
import type { TrainingStepEvent } from "@kindling/lab/internal";
import { printableText } from "@kindling/node/internal";
import { Presets, SingleBar } from "cli-progress";
import { barOptions } from "./bar-options.ts";
import { formatDuration } from "./format-duration.ts";

/** Letters of stage, counts, losses and time left beside the bar. */
const textWidth = 60;

/** Shortest time between two lines of steps. */
const lineEverySeconds = 10;

/** Prints the events of a training. */
export interface TrainingReporter {
  report(event: TrainingEvent): void;
  stop(): void;
}

/** Creates a reporter: one JSON object a line for programs, a bar at a terminal, plain lines in a log. */
export function createTrainingReporter(json: boolean): TrainingReporter {
  if (json) {
    return {
      report: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
      stop: () => undefined,
    };
  }
  return process.stderr.isTTY && process.stdout.isTTY ? createBarReporter() : createLineReporter();
}

function createLineReporter(): TrainingReporter {
  let printedAt = -Infinity;
  return {
    report: (event) => {
      if (event.event === "step") {
        const now = performance.now() / 1000;
        if (now - printedAt < lineEverySeconds && event.step !== event.steps) return;
        printedAt = now;
      }
      const line = formatEvent(event);
      if (line !== undefined) process.stdout.write(`${line}\n`);
    },
    stop: () => undefined,
  };
}

function createBarReporter(): TrainingReporter {
  let bar: SingleBar | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  const step = (event: TrainingStepEvent) => {
    if (!bar) {
      bar = new SingleBar(barOptions("{stage} {bar} {value}/{total}  {facts}", textWidth), Presets.shades_classic);
      bar.start(event.steps, event.step, { stage: event.stage, facts: "" });
    }
    bar.update(event.step, { stage: event.stage, facts: formatStep(event) });
  };
  return {
    report: (event) => {
      if (event.event === "step") return step(event);
      const line = formatEvent(event);
      if (line === undefined) return;
      stop();
      process.stdout.write(`${line}\n`);
    },
    stop,
  };
}

function formatStep({ terms, imagesPerSecond, secondsLeft }: TrainingStepEvent): string {
  const losses = Object.entries(terms).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  return `${losses.join("  ")}  ${imagesPerSecond.toPrecision(3)} images/s  ${formatDuration(secondsLeft)} left`;
}

/** Formats an event as a line. Checkpoints have none: they are frequent, and only programs use them. */
function formatEvent(event: TrainingEvent): string | undefined {
  switch (event.event) {
    case "step":
      return `${event.stage} ${event.step}/${event.steps}  ${formatStep(event)}`;
    case "checked":
      return `${event.photos} photos checked; an epoch has ${event.items} photos or scenes`;
    case "stage":
      return `${event.stage}: steps ${event.from + 1} to ${event.steps}`;
    case "validated": {
      const [psnr, ssim, scaled] = [event.psnr.toFixed(2), event.ssim.toFixed(3), event.gtMeanPsnr.toFixed(2)];
      const whose = event.isOfTrained ? " (of pairs that are trained on: there are no others)" : "";
      return `${event.stage} ${event.step}: PSNR ${psnr} dB, SSIM ${ssim}, GT-mean PSNR ${scaled} dB${whose}`;
    }
    case "written":
      return `-> ${printableText(event.file)}`;
    case "end":
      return event.finished
        ? `Trained. Results: ${printableText(event.out)}`
        : `Stopped and saved. Continue with: kindling train --resume -o ${printableText(event.out)}`;
    default:
      return undefined;
  }
}
