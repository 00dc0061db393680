import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import { commandList } from "./commands/command-list.ts";
import { describeOutputFailure } from "./describe-failure.ts";

const usageStatus = 2;

/**
 * Runs the `kindling` command and gives its exit status: 0 done, 1 some inputs failed, 2 wrong usage.
 *
 * @param words the arguments behind the command's name.
 */
export async function main(words: readonly string[]): Promise<number> {
  // A reader that closes early (`| head`) is no failure of this command.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    process.stderr.write(`kindling: ${describeOutputFailure(error)}\n`);
    process.exit(1);
  });
  let status = 0;
  try {
    const program = await createProgram(words, (exitStatus) => {
      status = exitStatus;
    });
    await program.parseAsync(words, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageStatus;
    // Imported here, so that the help of the program loads nothing else.
    const { errorConsequences, KindlingError } = await import("@kindling/node");
    if (!(error instanceof KindlingError)) throw error;
    process.stderr.write(`kindling: ${error.message}\n`);
    return errorConsequences[error.code].exitStatus;
  }
}

/** Creates the program with all its commands. Only the command that the words name is loaded; the others are names. */
async function createProgram(words: readonly string[], exitWith: (status: number) => void): Promise<Command> {
  const { version } = createRequire(import.meta.url)("../package.json") as { readonly version: string };
  const program = new Command("kindling")
    .description("A dark photo in, a good photo out.")
    .version(version)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText(
      "after",
      "\nFirst steps:\n  kindling enhance dark.jpg      writes enhanced/dark.jpg\n  kindling enhance --help        all options, with examples",
    )
    .exitOverride();
  const wanted = words.find((word) => word !== "help" && !word.startsWith("-"));
  const isPath = wanted !== undefined && commandList.every(({ name }) => name !== wanted) && existsSync(wanted);
  program.showHelpAfterError(
    isPath ? "(a command comes before photos: kindling enhance dark.jpg)" : "(--help lists arguments and options)",
  );
  for (const { name, summary, load } of commandList) {
    const command = program.command(name).summary(summary);
    if (name === wanted) (await load())(command, exitWith);
  }
  return program;
}
