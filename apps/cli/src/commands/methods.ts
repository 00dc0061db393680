import { type ClassicalMethod, defaultMethod, findMethod, methods } from "@kindling/node";
import { Command } from "commander";

/** `kindling methods`: what can be used, and one method's card with its paper and settings. */
export function methodsCommand(): Command {
  return new Command("methods")
    .summary("list the methods, or show one's card")
    .description("Lists the methods that can enhance a photo; with a name, its paper and its settings.")
    .argument("[name]", "a method, for its card")
    .option("--json", "the cards as one JSON array")
    .action((name: string | undefined, { json }: { json?: boolean }) => {
      const chosen = name === undefined ? methods : [findMethod(name)];
      if (json) print(JSON.stringify(chosen.map(({ enhance: _, ...card }) => card)));
      else if (name === undefined)
        print(`${chosen.map(row).join("\n")}\n\nOne method's settings: kindling methods <name>`);
      else print(chosen.map(card).join("\n"));
    });
}

function row({ name, title, about }: ClassicalMethod): string {
  const isDefault = name === defaultMethod ? " (default)" : "";
  return `${name.padEnd(8)}${title}${isDefault}\n${" ".repeat(8)}${about}`;
}

function card({ name, title, about, paper, options }: ClassicalMethod): string {
  const source = [`${paper.authors}: ${paper.title}. ${paper.venue}, ${paper.year}`, ...(paper.id ? [paper.id] : [])];
  const settings = Object.entries(options).map(([setting, { default: initial, min, max, unit, about: meaning }]) => {
    const range = `${min} to ${max}${unit ? ` ${unit}` : ""}, default ${initial}`;
    return `  --set ${setting}=${initial}  ${meaning} (${range})`;
  });
  return [
    `${name}: ${title}`,
    about,
    source.join(". "),
    ...(settings.length > 0 ? ["Settings:", ...settings] : []),
  ].join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
