import { Command } from "commander";
import { commandList } from "../../apps/cli/dist/commands/command-list.js";
import { write } from "./collect-pages.ts";

/** Writes a page for every command, from the same schemas as its `--help`, and gives the names. */
export async function writeCommandPages(): Promise<readonly string[]> {
  for (const { name, load } of commandList) {
    const command = new Command(name);
    (await load())(command, () => undefined);
    write(`commands/${name}.md`, pageOf(command));
  }
  const rows = commandList.map(({ name, summary }) => `| [\`kindling ${name}\`](./${name}.md) | ${summary} |`);
  write("commands/index.md", `# Commands\n\n| command | what it does |\n| --- | --- |\n${rows.join("\n")}\n`);
  return commandList.map(({ name }) => name);
}

function pageOf(command: Command): string {
  let notes = "";
  // Examples and exit status are text after the options, which commander gives to whoever listens to its output.
  command.configureOutput({ writeOut: (text) => (notes += text) }).exitOverride();
  command.outputHelp();
  const after = notes
    .split("\n\n")
    .slice(1)
    .join("\n\n")
    .split(/^(?=Examples?:|First steps:)/m)[1];
  const table = (head: string, rows: readonly string[]) =>
    rows.length === 0
      ? ""
      : `\n## ${head}\n\n| ${head.toLowerCase()} | what it does |\n| --- | --- |\n${rows.join("\n")}\n`;
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const given = command.registeredArguments.map(
    (argument) => `| \`${cell(argument.name())}\` | ${escapeMarks(cell(argument.description))} |`,
  );
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ flags, description, defaultValue }) => {
      const isShown = defaultValue !== undefined && defaultValue !== false && String(defaultValue) !== "";
      const value = isShown && !description.includes("default") ? ` (default: ${String(defaultValue)})` : "";
      return `| \`${cell(flags)}\` | ${escapeMarks(cell(description))}${value} |`;
    });
  return [
    `# kindling ${command.name()}\n`,
    `${escapeMarks(command.description())}\n`,
    `\`\`\`\nkindling ${command.name()} ${command.usage()}\n\`\`\``,
    table("Arguments", given),
    table("Options", options),
    after === undefined ? "" : `\n## Examples and notes\n\n\`\`\`\n${after.trim()}\n\`\`\`\n`,
  ].join("\n");
}

/** Text in which Markdown sees no marks. */
function escapeMarks(text: string): string {
  return text.replace(/[<*_[\]]/g, "\\$&");
}
