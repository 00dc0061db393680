import { Presets, SingleBar } from "cli-progress";
import { timeWords } from "../report/words.ts";

/** A plain line goes out at most every so many seconds. */
const lineEverySeconds = 10;

/** A step that was taken. */
interface StepFacts {
  readonly stage: string;
  /** From 1, of `steps`. */
  readonly step: number;
  readonly steps: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

/** What happens in a training beside its steps. */
type TrainingEvent =
  | { readonly event: "checked"; readonly photos: number; readonly items: number }
  | { readonly event: "stage"; readonly stage: string; readonly from: number; readonly steps: number }
  | {
      readonly event: "validated";
      readonly stage: string;
      readonly step: number;
      readonly psnr: number;
      readonly ssim: number;
      readonly gtMeanPsnr: number;
    }
  | { readonly event: "saved"; readonly stage: string; readonly step: number; readonly file: string }
  | { readonly event: "written"; readonly file: string }
  | { readonly event: "end"; readonly finished: boolean; readonly out: string };

/** Tells a person or a program how a training goes. */
export interface TrainingReporter {
  step(facts: StepFacts): void;
  tell(event: TrainingEvent): void;
  stop(): void;
}

/** One JSON object a line for programs, a bar at a terminal, plain lines in a log. */
export function trainingReporter(json: boolean): TrainingReporter {
  if (json) {
    const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
    return {
      step: (facts) => print({ event: "step", ...facts }),
      tell: print,
      stop: () => undefined,
    };
  }
  return process.stderr.isTTY && process.stdout.isTTY ? barReporter() : lineReporter();
}

function lineReporter(): TrainingReporter {
  let toldAt = -Infinity;
  return {
    step: (facts) => {
      const now = performance.now() / 1000;
      if (now - toldAt < lineEverySeconds && facts.step !== facts.steps) return;
      toldAt = now;
      const { stage, step, steps } = facts;
      process.stdout.write(`${stage} ${step}/${steps}  ${factsOf(facts)}\n`);
    },
    tell: (event) => {
      const line = lineOf(event);
      if (line !== undefined) process.stdout.write(`${line}\n`);
    },
    stop: () => undefined,
  };
}

function barReporter(): TrainingReporter {
  let bar: SingleBar | undefined;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step: (facts) => {
      if (!bar) {
        const format = "{stage} {bar} {value}/{total}  {facts}";
        bar = new SingleBar(
          { format, stream: process.stderr, clearOnComplete: true, hideCursor: true },
          Presets.shades_classic,
        );
        bar.start(facts.steps, facts.step, { stage: facts.stage, facts: "" });
      }
      bar.update(facts.step, { stage: facts.stage, facts: factsOf(facts) });
    },
    tell: (event) => {
      const line = lineOf(event);
      if (line === undefined) return;
      stop();
      process.stdout.write(`${line}\n`);
    },
    stop,
  };
}

function factsOf({ terms, imagesPerSecond, secondsLeft }: StepFacts): string {
  const losses = Object.entries(terms).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  return `${losses.join("  ")}  ${imagesPerSecond.toPrecision(3)} images/s  ${timeWords(secondsLeft)} left`;
}

/** Checkpoints come every few minutes: they are told to programs alone. */
function lineOf(told: TrainingEvent): string | undefined {
  switch (told.event) {
    case "checked":
      return `${told.photos} photos are sound; an epoch is ${told.items} of them or of their scenes`;
    case "stage":
      return `${told.stage}: steps ${told.from + 1} to ${told.steps}`;
    case "validated": {
      const [psnr, ssim, scaled] = [told.psnr.toFixed(2), told.ssim.toFixed(3), told.gtMeanPsnr.toFixed(2)];
      return `${told.stage} ${told.step}: PSNR ${psnr} dB, SSIM ${ssim}, GT-mean PSNR ${scaled} dB`;
    }
    case "written":
      return `-> ${told.file}`;
    case "end":
      return told.finished
        ? `Trained. All of it is in ${told.out}.`
        : `Stopped and saved. Go on with: kindling train --resume -o ${told.out}`;
    default:
      return undefined;
  }
}
