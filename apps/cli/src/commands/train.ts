import { trainOnDisk } from "@kindling/node/lab";
import { systems } from "@kindling/systems";
import type { Command } from "commander";
import { addSchemaOptions } from "../options/schema-options.ts";
import { trainOptions } from "../options/train-options.ts";
import { createTrainingReporter } from "../report/training-reporter.ts";
import { listSystems } from "./list-systems.ts";
import { runInterruptibly } from "./run-interruptibly.ts";
import { readTrainingRequest, type TrainWords } from "./training-request.ts";

const notes = `
Networks, with their data and stages:
${listSystems(systems)}

Examples:
  kindling train kind --pairs lol --validate val            all stages, into run/
  kindling train kind --pairs lol --stage decomposition     one stage
  kindling train kind --pairs lol --stage adjustment --from run/checkpoint.safetensors -o adjusted
  kindling train gladnet --pairs lol pairs --steps 2000 --batch 4 --rate 0.0005
  kindling train kind --pairs lol --steps decomposition=9000,restoration=4000,adjustment=2000
  kindling train msr-net --pairs lol --set K=6 v=1:10:100   its layers and scales
  kindling train kind --pairs lol --preset paper            the losses of the paper
  kindling train enlightengan --dark night/ --normal day/
  kindling train --config run.yaml                          the same names as the options, in YAML
  kindling train --resume -o run                            continues a run that was stopped
  kindling train --extend 5000 -o run                       continues it for 5000 more steps, finished or not

The folder holds run.yaml (all settings), checkpoint.safetensors, metrics.csv, report.html (open it at any time) and the
networks as ONNX files. Ctrl-C saves the run and stops. Use the trained network: kindling enhance dark.jpg -m run
docs/TRAINING.md describes everything else.
Exit status: 0 trained, 1 the data or the training failed, 2 wrong usage, 130 stopped.`;

/** Defines `kindling train`: trains a network on photos. */
export function defineTrain(command: Command, exitWith: (status: number) => void): void {
  command
    .description("Trains a network on photos, step by step, with a report that can be watched.")
    .argument("[network]", systems.map(({ name }) => name).join(", "))
    .option("-c, --config <file>", "settings in YAML, by the options' long names in camelCase; options win")
    .option("--resume", "continue the run in the folder of --out")
    .option("--extend <n>", "continue it, finished or not, for n more steps in its present stage");
  addSchemaOptions(command, trainOptions)
    .addHelpText("after", notes)
    .action(async (network: string | undefined, { config, resume, extend, ...values }: TrainValues) => {
      const typed = Object.entries(values).filter(([name]) => command.getOptionValueSource(name) === "cli");
      const words = { network, flags: Object.fromEntries(typed), config, resume, extend };
      exitWith(await runInterruptibly((signal) => train(words, signal)));
    });
}

type TrainValues = Record<string, unknown> & {
  readonly config?: string;
  readonly resume?: boolean;
  readonly extend?: string;
};

/** Trains, prints the progress, and gives the exit status: 0, also where the signal stopped it and all was saved. */
async function train(words: TrainWords, signal: AbortSignal): Promise<number> {
  const { options, ...request } = await readTrainingRequest(words);
  const { json, ...training } = options;
  const reporter = createTrainingReporter(json);
  try {
    await trainOnDisk({ ...training, ...request, report: reporter.report, signal });
    return 0;
  } finally {
    reporter.stop();
  }
}
