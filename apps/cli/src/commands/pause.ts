import { pauseQueue } from "@kindling/worker";
import type { Command } from "commander";
import { queueOptions } from "../options/fleet-options.ts";
import { addSchemaOptions, checkOptions } from "../options/schema-options.ts";

/** Defines `kindling pause`: lets no worker begin another photo. */
export function definePause(command: Command): void {
  command.description("Lets no worker of a queue begin another photo; those in work are finished.");
  addSchemaOptions(command, queueOptions).action(async (values: object) => {
    await pauseQueue(checkOptions(queueOptions, values));
    process.stdout.write("Paused. kindling resume goes on.\n");
  });
}
