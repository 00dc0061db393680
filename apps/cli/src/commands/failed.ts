import { printableText } from "@kindling/node/internal";
import { listFailed } from "@kindling/worker";
import type { Command } from "commander";
import type { z } from "zod";
import { printedQueueOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

/** Defines `kindling failed`: lists the photos that a fleet has set aside. */
export function defineFailed(command: Command, exitWith: (status: number) => void): void {
  command.description(
    "Lists the photos that a fleet has set aside, each with its reason. kindling retry puts them back.",
  );
  addSchemaOptions(command, printedQueueOptions).action(async (values: object) =>
    exitWith(await failed(checkOptions(printedQueueOptions, values))),
  );
}

async function failed({ json, ...queue }: z.infer<typeof printedQueueOptions>): Promise<number> {
  for await (const photo of listFailed(queue)) {
    const { code, message, tries, input } = photo;
    const reason = message.startsWith(input) ? message : `${input}: ${message}`;
    const line = json ? JSON.stringify(photo) : `${code}  ${printableText(reason)}  (${tries} tries)`;
    process.stdout.write(`${line}\n`);
  }
  return 0;
}
