import { errorConsequences, KindlingError, version } from "@kindling/node";
import { Command, CommanderError } from "commander";
import { compareCommand } from "./commands/compare.ts";
import { enhanceCommand } from "./commands/enhance.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { fitLightCommand } from "./commands/fit-light.ts";
import { importCommand } from "./commands/import.ts";
import { mapsCommand } from "./commands/maps.ts";
import { methodsCommand } from "./commands/methods.ts";
import { metricsCommand } from "./commands/metrics.ts";
import { shipCommand } from "./commands/ship.ts";
import { synthCommand } from "./commands/synth.ts";
import { trainCommand } from "./commands/train.ts";

const usageStatus = 2;

/**
 * Runs the `kindling` command and gives its exit status: 0 done, 1 some inputs failed, 2 wrong usage.
 *
 * @param words the arguments behind the command's name.
 */
export async function main(words: readonly string[]): Promise<number> {
  let status = 0;
  const exitWith = (exitStatus: number) => {
    status = exitStatus;
  };
  const program = new Command("kindling")
    .description("A dark photo in, a good photo out.")
    .version(version)
    .addCommand(enhanceCommand(exitWith))
    .addCommand(mapsCommand(exitWith))
    .addCommand(methodsCommand())
    .addCommand(metricsCommand())
    .addCommand(evaluateCommand(exitWith))
    .addCommand(compareCommand(exitWith))
    .addCommand(importCommand())
    .addCommand(synthCommand(exitWith))
    .addCommand(trainCommand(exitWith))
    .addCommand(shipCommand(exitWith))
    .addCommand(fitLightCommand(exitWith))
    .addHelpText(
      "after",
      "\nFirst steps:\n  kindling enhance dark.jpg      writes enhanced/dark.jpg\n  kindling enhance --help        all that can be set, with examples",
    )
    .showHelpAfterError("(--help shows what can be given)");
  for (const command of [program, ...program.commands]) command.exitOverride();
  // A reader that closes early (`| head`) is no failure of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageStatus;
    if (!(error instanceof KindlingError)) throw error;
    process.stderr.write(`kindling: ${error.message}\n`);
    return errorConsequences[error.code].exitStatus;
  }
}
