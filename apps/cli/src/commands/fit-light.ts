import type { LightFigures } from "@kindling/lab/internal";
import { KindlingError, networkMethods } from "@kindling/node";
import { fitLight, type LightReport } from "@kindling/node/lab";
import type { Command } from "commander";
import type { z } from "zod";
import { fitLightOptions } from "../options/fit-light-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";
import { openEvaluationBar } from "../report/evaluation-bar.ts";
import { runInterruptibly } from "./run-interruptibly.ts";

const notes = `
Examples:
  kindling fit-light kind.night --pairs lol --validate val
  kindling fit-light kind.night --pairs lol --pairs sice --bright --most 100
  kindling fit-light kind.trained --pairs lol --models run         a run of kindling train

For every pair the level, in the network's own measure such as KinD's alpha, is searched that gives the blind result its
best PSNR; ridge regression on features of photo and illumination learns these levels. Printed is the mean PSNR at the
best level, at the learnt one, at the greatest one and at the reference's own light: of the pairs that it learns from, by
leave-one-out cross-validation, and of the split of --validate.
The result goes into the network's manifest; --light auto then uses it. Run kindling ship again for its card.
Exit status: 0 fitted, 1 a photo or the network could not be used, 2 wrong usage, 130 stopped: nothing was changed.`;

/** Defines `kindling fit-light`: fits the automatic light of a network to pairs. */
export function defineFitLight(command: Command, exitWith: (status: number) => void): void {
  const ownLight = networkMethods.filter(({ hasOwnLight }) => hasOwnLight).map(({ name }) => name);
  command
    .description("Fits to pairs how light a network makes a photo where no level is given.")
    .argument("<network.tag>", `weights of a network that takes a light level: ${ownLight.join(", ")}`);
  addSchemaOptions(command, fitLightOptions)
    .addHelpText("after", notes)
    .action(async (method: string, values: object) =>
      exitWith(await fit(method, checkOptions(fitLightOptions, values))),
    );
}

async function fit(method: string, { json, ...options }: z.infer<typeof fitLightOptions>): Promise<number> {
  if (options.pairs.length === 0) {
    throw new KindlingError("invalid-option", "--pairs: expected a folder of pairs or a CSV file that lists them.");
  }
  const bar = openEvaluationBar();
  return runInterruptibly(async (signal) => {
    const report = await fitLight({ ...options, method, signal, onProgress: bar.show }).finally(bar.stop);
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : describe(report, options));
    return 0;
  });
}

function describe(
  { pairs, penalty, errorFactor, figures, validation, manifest }: LightReport,
  { split, validate = "" }: { readonly split: string; readonly validate?: string | undefined },
): string {
  const lines = [
    `${pairs} pairs, penalty ${penalty}; left out one at a time, the level errs by a factor of ${errorFactor.toFixed(3)} (root mean square of its logarithm)`,
    figuresLine(`${split}, left out`, figures),
    ...(validation ? [figuresLine(validate, validation)] : []),
    ...(manifest === undefined ? [] : [`-> ${manifest}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function figuresLine(name: string, { best, automatic, greatest, reference }: LightFigures): string {
  const [atBest, atAutomatic, atGreatest, atReference] = [best, automatic, greatest, reference].map((value) =>
    value.toFixed(2),
  );
  return `${name}: PSNR at the best level ${atBest} dB, automatic ${atAutomatic}, at the greatest ${atGreatest}, at the reference's light ${atReference}`;
}
