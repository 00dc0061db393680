import type { System } from "@kindling/lab";

const dataWords: Readonly<Record<System["recipe"]["data"], string>> = {
  pairs: "--pairs",
  exposures: "--pairs, any two exposures of a scene",
  unpaired: "--dark and --normal, or --pairs without their pairing",
};

/** Lists systems for a help text: a line for the name and the data of each, and one for its stages. */
export function listSystems(systems: readonly System[]): string {
  const width = Math.max(...systems.map(({ name }) => name.length)) + 2;
  return systems
    .map(({ name, recipe: { data, stages } }) => {
      const label = stages.length === 1 ? "stage" : "stages";
      const names = stages.map((stage) => stage.name).join(", ");
      return `  ${name.padEnd(width)}${dataWords[data]}\n  ${" ".repeat(width)}${label}: ${names}`;
    })
    .join("\n");
}
