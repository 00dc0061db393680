import { retryFailed } from "@kindling/worker";
import type { Command } from "commander";
import { queueOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

/** Defines `kindling retry`: puts photos that were set aside back into the queue. */
export function defineRetry(command: Command): void {
  command
    .description("Puts photos that a fleet has set aside back into the queue, with all their tries.")
    .argument("[photos...]", "photos by the names that kindling failed prints (default: all)");
  addSchemaOptions(command, queueOptions).action(async (inputs: string[], values: object) => {
    const count = await retryFailed(inputs, checkOptions(queueOptions, values));
    process.stdout.write(`${count} ${count === 1 ? "photo" : "photos"} put back into the queue.\n`);
  });
}
