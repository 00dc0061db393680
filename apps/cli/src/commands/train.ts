import { Command } from "commander";
import { addSchemaOptions } from "../options/schema-options.ts";
import { trainOptions } from "../options/train-options.ts";
import { interruptible } from "./interruptible.ts";

const notes = `
Examples:
  kindling train kind --pairs lol --validate val            all three stages, into run/
  kindling train kind --pairs lol --stage decomposition     one stage
  kindling train kind --pairs lol --stage adjustment --from run/checkpoint.safetensors -o adjusted
  kindling train gladnet --pairs lol pairs --steps 2000 --batch 4 --rate 0.0005
  kindling train kind --pairs lol --steps decomposition=9000,restoration=4000,adjustment=2000
  kindling train enlightengan --dark night/ --normal day/
  kindling train --config run.yaml                          the same names as the options, in YAML
  kindling train --resume -o run                            goes on where it was stopped
  kindling train --extend 5000 -o run                       goes on for 5000 steps more, finished or not

kind has the stages decomposition, restoration, adjustment; retinex-net decomposition, relight; the others one.
The folder holds run.yaml (all settings), checkpoint.safetensors, metrics.csv, report.html (open it at any time) and the
networks as ONNX files. Ctrl-C saves first. Use what was trained: kindling enhance dark.jpg -m run
docs/TRAINING.md describes everything else.
Exit status: 0 trained, 1 the data or the training went wrong, 2 the command was used wrongly, 130 stopped.`;

/** `kindling train`: learns a network from photos. Hands its exit status to `done`. */
export function trainCommand(done: (exitStatus: number) => void): Command {
  const command = new Command("train")
    .summary("train a network")
    .description("Trains a network on photos, step by step, with a report that can be watched.")
    .argument("[network]", "kind, gladnet, msr-net, retinex-net or enlightengan")
    .option("-c, --config <file>", "settings in YAML, by the options' long names in camelCase; options win")
    .option("--resume", "go on with the run in the folder of --out")
    .option("--extend <n>", "go on with it, finished or not, for n steps more in its present stage");
  return addSchemaOptions(command, trainOptions)
    .addHelpText("after", notes)
    .action(async (network: string | undefined, { config, resume, extend, ...values }: TrainValues) => {
      const given = Object.entries(values).filter(([name]) => command.getOptionValueSource(name) === "cli");
      // The laboratory is loaded only when it is asked for.
      const { runTraining } = await import("./run-training.ts");
      const words = { network, flags: Object.fromEntries(given), config, resume, extend };
      done(await interruptible((signal) => runTraining(words, signal)));
    });
}

type TrainValues = Record<string, unknown> & {
  readonly config?: string;
  readonly resume?: boolean;
  readonly extend?: string;
};
